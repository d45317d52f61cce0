using BgpLoadBalancer.Module.Tests.Engine;
using BgpLoadBalancer.PowerShell.Models;

namespace BgpLoadBalancer.Module.Tests.Commands.Running;

/// <summary>Controllers and node agents belong to the process: every runspace sees and stops the same ones.</summary>
public sealed class WorkRunspacesTests : IDisposable
{
    private readonly Shell _shell = new();
    private readonly LoopbackCluster _cluster;

    public WorkRunspacesTests() => _cluster = new(_shell, 27);

    public void Dispose()
    {
        _cluster.Dispose();
        _shell.Dispose();
    }

    [Fact]
    public void Another_runspace_sees_them_stops_them_and_starts_others_that_outlive_it()
    {
        _ = _shell.Run("Start-BgpController first; Start-BgpNodeAgent node-1 -Loopback");
        using (Shell other = new())
        {
            Assert.Equal(["first", "node-1"], other.Run($"Get-BgpController -Cluster {_cluster.Name}; Get-BgpNodeAgent -Cluster {_cluster.Name}").Select(work => $"{work}"));
            _ = other.Run($"Stop-BgpController first -Cluster {_cluster.Name}; Get-BgpCluster {_cluster.Name} | Stop-BgpNodeAgent; Get-BgpCluster {_cluster.Name} | Start-BgpController second");
        }

        Assert.Equal(["second"], _shell.Run("Get-BgpController; Get-BgpNodeAgent").Select(work => $"{work}"));
        Assert.Equal("BgpControllerNotFound", _shell.Fail("Stop-BgpController first"));
    }

    [Fact]
    public void Of_many_that_start_the_same_at_once_one_does()
    {
        string run = $"1..6 | ForEach-Object -ThrottleLimit 6 -Parallel {{ Import-Module '{StagedModule.Manifest}'; Start-BgpNodeAgent node-1 -Loopback -Cluster {_cluster.Name}; Start-BgpController one -Cluster {_cluster.Name} }}";
        Result result = _shell.Invoke(run);
        Assert.Equal(["node-1", "one"], result.Output.Select(work => $"{work}").Order());
        Assert.Equal(10, result.Errors.Count);
        Assert.All(result.Errors, error => Assert.EndsWith("Exists", error.FullyQualifiedErrorId.Split(',')[0], StringComparison.Ordinal));
        Assert.Equal(BgpNodeAgentState.Running, _shell.One<BgpNodeAgent>("Get-BgpNodeAgent").State);
    }

    [Fact]
    public void Of_many_that_stop_the_same_at_once_none_fails_in_the_work()
    {
        _ = _shell.Run("Start-BgpController; Start-BgpNodeAgent * -Loopback");
        Result result = _shell.Invoke($"1..4 | ForEach-Object -ThrottleLimit 4 -Parallel {{ Import-Module '{StagedModule.Manifest}'; Stop-BgpNodeAgent * -Cluster {_cluster.Name}; Stop-BgpController * -Cluster {_cluster.Name} }}");
        Assert.Empty(result.Errors);
        Assert.Empty(_shell.Run("Get-BgpController; Get-BgpNodeAgent"));
    }
}
