using BgpLoadBalancer.Module.Tests.Engine;
using BgpLoadBalancer.PowerShell.Models;

namespace BgpLoadBalancer.Module.Tests.Commands.Running;

/// <summary>What answers in a way that nobody foresaw is a problem that is shown while it lasts; the work goes on, and is done when it is over.</summary>
public sealed class WorkFaultTests : IDisposable
{
    private const string Fault = "The sky has fallen.";

    private readonly Shell _shell = new();
    private readonly LoopbackCluster _cluster;
    private bool _broken;

    public WorkFaultTests()
    {
        _cluster = new(_shell, 24);
        _ = _cluster.Script(_ => Volatile.Read(ref _broken) ? throw new InvalidOperationException(Fault) : Task.CompletedTask);
    }

    public void Dispose()
    {
        Volatile.Write(ref _broken, false);
        _cluster.Dispose();
        _shell.Dispose();
    }

    [Fact]
    public async Task A_controller_that_cannot_lead_says_why_and_leads_as_soon_as_it_can()
    {
        Volatile.Write(ref _broken, true);
        _ = _shell.Run($"Start-BgpController {LoopbackCluster.LeaseSettings}");
        await LoopbackCluster.UntilAsync(() => _shell.One<BgpController>("Get-BgpController").Problem is not null);
        BgpController waiting = _shell.One<BgpController>("Get-BgpController");
        Assert.Equal(BgpControllerState.Standby, waiting.State);
        Assert.Contains(Fault, waiting.Problem, StringComparison.Ordinal);
        Assert.Contains(waiting.Event, said => said.Error?.Contains(Fault, StringComparison.Ordinal) == true);
        // In a table a long one is broken where its column ends.
        Assert.Contains(Fault.Replace(" ", "", StringComparison.Ordinal), string.Concat(_shell.Render("Get-BgpController").Select(line => line.Replace(" ", "", StringComparison.Ordinal))), StringComparison.Ordinal);

        Volatile.Write(ref _broken, false);
        await LoopbackCluster.UntilAsync(() => _shell.One<BgpController>("Get-BgpController") is { State: BgpControllerState.Leading, Problem: null, Passes: > 0 });
    }

    [Fact]
    public async Task A_node_agent_says_what_is_in_its_way_and_goes_on()
    {
        _ = _shell.Run($"Start-BgpNodeAgent node-1 -Loopback {LoopbackCluster.LeaseSettings} -NodeRenewIntervalSec 1");
        await LoopbackCluster.UntilAsync(() => _shell.One<BgpNodeAgent>("Get-BgpNodeAgent") is { LastPlan: not null, Problem: null });
        Volatile.Write(ref _broken, true);
        await LoopbackCluster.UntilAsync(() => _shell.One<BgpNodeAgent>("Get-BgpNodeAgent").Event.Any(said => said.Error?.Contains(Fault, StringComparison.Ordinal) == true));
        Assert.Equal(BgpNodeAgentState.Running, _shell.One<BgpNodeAgent>("Get-BgpNodeAgent").State);

        Volatile.Write(ref _broken, false);
        await LoopbackCluster.UntilAsync(() => _shell.One<BgpNodeAgent>("Get-BgpNodeAgent") is { State: BgpNodeAgentState.Running, StoreReachable: true, Problem: null });
    }

    [Fact]
    public async Task What_has_such_a_problem_can_be_stopped_and_keeps_nobody_from_disconnecting()
    {
        _ = _shell.Run($"Start-BgpController {LoopbackCluster.LeaseSettings}; Start-BgpNodeAgent node-1 -Loopback {LoopbackCluster.LeaseSettings} -NodeRenewIntervalSec 1");
        await LoopbackCluster.UntilAsync(() => _shell.One<BgpController>("Get-BgpController").State == BgpControllerState.Leading);
        Volatile.Write(ref _broken, true);
        Assert.Equal(BgpControllerState.Stopped, _shell.One<BgpController>("Stop-BgpController * -PassThru").State);
        Assert.Equal(BgpNodeAgentState.Stopped, _shell.One<BgpNodeAgent>("Stop-BgpNodeAgent * -PassThru").State);
        Assert.Empty(_shell.Run("Get-BgpController; Get-BgpNodeAgent"));
        Volatile.Write(ref _broken, false);
        Assert.Equal([_cluster.Name], _shell.Run("Disconnect-BgpCluster | ForEach-Object Name"));
    }
}
