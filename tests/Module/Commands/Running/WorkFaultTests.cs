using BgpLoadBalancer.Module.Tests.Engine;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.Module.Tests.Commands.Running;

/// <summary>A fault in the work itself: it is seen, and starting again is all that it takes.</summary>
public sealed class WorkFaultTests : IDisposable
{
    private readonly Shell _shell = new();
    private readonly LoopbackCluster _cluster;
    private bool _broken = true;

    public WorkFaultTests()
    {
        _cluster = new(_shell, 24);
        // The commands themselves list nodes; what only the work asks for is broken.
        _ = _cluster.Script(_ => Volatile.Read(ref _broken) ? throw new InvalidOperationException("The sky has fallen.") : Task.CompletedTask);
    }

    public void Dispose()
    {
        _cluster.Dispose();
        _shell.Dispose();
    }

    [Fact]
    public async Task A_controller_says_what_it_ended_by_and_another_takes_its_place()
    {
        _ = _shell.Run("Start-BgpController");
        await LoopbackCluster.UntilAsync(() => _shell.One<BgpController>("Get-BgpController").State == BgpControllerState.Faulted);
        BgpController faulted = _shell.One<BgpController>("Get-BgpController");
        Assert.Contains("The sky has fallen.", faulted.Error, StringComparison.Ordinal);
        Assert.Contains(faulted.Event, said => said.Error?.Contains("The sky has fallen.", StringComparison.Ordinal) == true);
        Assert.Contains("Faulted", string.Join(' ', _shell.Render("Get-BgpController")), StringComparison.Ordinal);
        Assert.Contains("The sky has fallen.", string.Join('\n', _shell.Render("Get-BgpController")), StringComparison.Ordinal);

        Volatile.Write(ref _broken, false);
        Assert.Equal("controller1", _shell.One<BgpController>("Start-BgpController").Name);
        await LoopbackCluster.UntilAsync(() => _shell.One<BgpController>("Get-BgpController") is { State: BgpControllerState.Leading, Error: null });
    }

    [Fact]
    public async Task A_node_agent_says_what_it_ended_by_and_another_takes_its_place()
    {
        await BreakAgentAsync();
        Assert.Equal("The sky has fallen.", _shell.One<BgpNodeAgent>("Get-BgpNodeAgent").Error);
        Assert.Contains("The sky has fallen.", string.Join('\n', _shell.Render("Get-BgpNodeAgent")), StringComparison.Ordinal);
        Volatile.Write(ref _broken, false);
        Assert.Equal(BgpNodeAgentState.Running, _shell.One<BgpNodeAgent>("Start-BgpNodeAgent node-1 -Loopback").State);
        await LoopbackCluster.UntilAsync(() => _shell.One<BgpNodeAgent>("Get-BgpNodeAgent") is { State: BgpNodeAgentState.Running, Error: null, LastPlan: not null });
    }

    [Fact]
    public async Task What_has_ended_by_a_fault_can_be_stopped_and_keeps_nobody_from_disconnecting()
    {
        _ = _shell.Run("Start-BgpController");
        await BreakAgentAsync();
        await LoopbackCluster.UntilAsync(() => _shell.One<BgpController>("Get-BgpController").State == BgpControllerState.Faulted);
        Assert.Equal(BgpControllerState.Faulted, _shell.One<BgpController>("Stop-BgpController * -PassThru").State);
        Assert.Empty(_shell.Run("Get-BgpController"));
        Volatile.Write(ref _broken, false);
        Assert.Equal([_cluster.Name], _shell.Run("Disconnect-BgpCluster | ForEach-Object Name"));
        Assert.DoesNotContain(ClusterWork.NodeAgents.All, agent => agent.Cluster.Name == _cluster.Name);
    }

    private async Task BreakAgentAsync()
    {
        Volatile.Write(ref _broken, false);
        _ = _shell.Run("Start-BgpNodeAgent node-1 -Loopback");
        Volatile.Write(ref _broken, true);
        await LoopbackCluster.UntilAsync(() => _shell.One<BgpNodeAgent>("Get-BgpNodeAgent").State == BgpNodeAgentState.Faulted);
    }
}
