using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Module.Tests.Engine;
using BgpLoadBalancer.PowerShell.Models;

namespace BgpLoadBalancer.Module.Tests.Commands.Running;

/// <summary>What Get- commands say before anything runs, while it runs, and after it has ended (R19, R23, R30, R31).</summary>
public sealed class WorkTruthTests : IDisposable
{
    private readonly Shell _shell = new();
    private readonly LoopbackCluster _cluster;

    public WorkTruthTests() => _cluster = new(_shell, 28);

    public void Dispose()
    {
        _cluster.Dispose();
        _shell.Dispose();
    }

    [Fact]
    public async Task From_a_plan_to_a_session_and_back()
    {
        Assert.Equal((BgpFloatingIPState.Planned, BgpRouteSource.Plan, 0), (FloatingIP.State, Route.Source, _shell.Run("Get-BgpSession").Count));

        _ = _shell.Run($"Start-BgpController {LoopbackCluster.LeaseSettings}");
        await LoopbackCluster.UntilAsync(() => _shell.Run("Get-BgpSession").Count == 1 && Route.Source == BgpRouteSource.Controller);
        Assert.Equal((BgpFloatingIPState.Assigned, BgpReportedState.Unknown, null), (FloatingIP.State, Session.State, Session.LastReport));
        _ = _shell.Run("Stop-BgpController *");

        BgpSession session = _cluster.StartAll();
        Assert.Equal((session.Node, BgpFloatingIPState.Held), (FloatingIP.Node, FloatingIP.State));
        Assert.Equal(["203.0.113.1/32"], (await SessionAsync(now => now.AdvertisedRoute.Count > 0)).AdvertisedRoute.Select(prefix => $"{prefix}"));
        BgpNodeAgent holder = _shell.One<BgpNodeAgent>("Get-BgpFloatingIP | Get-BgpNodeAgent");
        Assert.Equal((session.Node, 1, 1, 1), (holder.Name, holder.Sessions, holder.Established, holder.Routes));
        Assert.Equal([_cluster.FloatingIP], holder.FloatingIP.Select(address => $"{address}"));

        // In order, one: the other takes over, and one look at the cluster sees what the controller does.
        _ = _shell.Run($"Stop-BgpNodeAgent {session.Node}");
        await LoopbackCluster.UntilAsync(() => FloatingIP is { State: BgpFloatingIPState.Held } floating && floating.Node != session.Node);
        string other = FloatingIP.Node!;
        Assert.Equal([other], _shell.Run("Get-BgpNode | Where-Object Healthy | ForEach-Object Name"));
        await LoopbackCluster.UntilAsync(() => _shell.Run("Get-BgpPlan").Count == 0);
        Assert.Equal([other], Route.Node);

        // And all: no session, no address, and no node that could take traffic.
        _ = await SessionAsync(now => now.State == BgpReportedState.Established);
        _ = _shell.Run("Stop-BgpNodeAgent *");
        Assert.Equal(BgpReportedState.Idle, (await SessionAsync(now => now.State != BgpReportedState.Established)).State);
        Assert.Equal(BgpFloatingIPState.Assigned, FloatingIP.State);
        Assert.Equal([false, false], _shell.Run("Get-BgpNode | ForEach-Object Healthy"));
        _ = _shell.Run("Stop-BgpController *");
        Assert.Equal([false, false], _shell.Run("Get-BgpNode | ForEach-Object Healthy"));
    }

    [Fact]
    public async Task A_node_whose_agent_died_without_a_word_is_not_healthy_where_a_controller_has_seen_it()
    {
        BgpSession session = _cluster.StartAll();
        _ = _shell.Run($"Stop-BgpNodeAgent {session.Node} -Abrupt");
        await LoopbackCluster.UntilAsync(() => FloatingIP is { State: BgpFloatingIPState.Held } floating && floating.Node != session.Node);
        await LoopbackCluster.UntilAsync(() => _shell.Run("Get-BgpPlan").Count == 0);
        string other = FloatingIP.Node!;
        Assert.Equal([other], _shell.Run("Get-BgpNode | Where-Object Healthy | ForEach-Object Name"));
        Assert.Equal([other], Route.Node);
        Assert.Empty(_shell.Run("Invoke-BgpReconciliation"));
        Assert.Equal([other], Route.Node);
    }

    [Fact]
    public async Task A_session_that_nobody_reports_any_more_is_Unknown()
    {
        // The nodes count as living for so long that nothing moves.
        const string Durations = "-RenewIntervalSec 0.5 -DropTimeSec 2 -LeaseDurationSec 4 -NodeLeaseDurationSec 60 -ReportIntervalSec 1";
        _ = _shell.Run($"Start-BgpController {Durations}; Start-BgpNodeAgent * -Loopback {Durations}; Wait-BgpSession -TimeoutSec 20; Stop-BgpNodeAgent * -Abrupt");
        Assert.Equal(BgpFloatingIPState.Held, FloatingIP.State);
        BgpSession silent = await SessionAsync(now => now.State == BgpReportedState.Unknown);
        Assert.NotNull(silent.LastReport);
        Assert.Equal(FloatingIP.Node, silent.Node);
        await LoopbackCluster.UntilAsync(() => _shell.Run($"Get-BgpSession -Speaker {_cluster.Router} -State Established").Count == 0);
    }

    [Fact]
    public async Task A_lease_that_nobody_has_had_yet_is_nobodys()
    {
        _ = await _cluster.Cluster.Store.DeleteAsync<LeaseResource>(LeaseNames.SystemNamespace, LeaseNames.OfFloatingIP(System.Net.IPAddress.Parse(_cluster.FloatingIP)), null, TestContext.Current.CancellationToken);
        _ = _shell.Run("Start-BgpController; Start-BgpNodeAgent * -Loopback");
        await LoopbackCluster.UntilAsync(() => FloatingIP.Reason.Contains("lease is new", StringComparison.Ordinal));
        Assert.Equal(BgpFloatingIPState.Assigned, FloatingIP.State);
        Assert.Contains("15 s", FloatingIP.Reason, StringComparison.Ordinal);
        Assert.StartsWith("node-", FloatingIP.Node, StringComparison.Ordinal);
        Assert.Single(_shell.Run("Get-BgpFloatingIP | Get-BgpNodeAgent"));
    }

    [Fact]
    public async Task A_floating_IP_that_its_node_cannot_take_says_why()
    {
        _ = _shell.Run($"Start-BgpController {LoopbackCluster.LeaseSettings}");
        await LoopbackCluster.UntilAsync(() => FloatingIP.State == BgpFloatingIPState.Assigned);
        LeaseResource lease = (await _cluster.Cluster.Store.GetAsync<LeaseResource>(LeaseNames.SystemNamespace, LeaseNames.OfFloatingIP(System.Net.IPAddress.Parse(_cluster.FloatingIP)), TestContext.Current.CancellationToken))!;
        lease = lease with { Metadata = lease.Metadata with { Annotations = lease.Metadata.Annotations.Add(LeaseNames.RefusalAnnotation, "node-1: The address is in use by 02:42:ac:11:00:02.") } };
        _ = await _cluster.Cluster.Store.UpdateAsync(lease, TestContext.Current.CancellationToken);
        Assert.Equal((BgpFloatingIPState.Assigned, "node-1: The address is in use by 02:42:ac:11:00:02."), (FloatingIP.State, FloatingIP.Reason));
    }

    [Fact]
    public void Commands_fit_together()
    {
        _ = _shell.Run($"Start-BgpController {LoopbackCluster.LeaseSettings}; Get-BgpNode | Start-BgpNodeAgent -Loopback {LoopbackCluster.LeaseSettings} -NodeRenewIntervalSec 1");
        string holder = _shell.One<BgpSession>("Wait-BgpSession -TimeoutSec 20").Node;
        string other = holder == "node-1" ? "node-2" : "node-1";
        Assert.Single(_shell.Run("Get-BgpPeer | Get-BgpSession"));
        Assert.Single(_shell.Run("Get-BgpPeer router | Wait-BgpSession"));
        Assert.Single(_shell.Run("Get-BgpSession | Wait-BgpSession"));
        Assert.Equal(["router"], _shell.Run("Get-BgpSession | Get-BgpPeer").Select(peer => $"{peer}"));
        Assert.Single(_shell.Run("Get-BgpCluster loopback28 | Get-BgpSession"));
        Assert.Single(_shell.Run("Get-BgpService | Get-BgpAdvertisedRoute"));
        Assert.Single(_shell.Run("Get-BgpSession | Get-BgpFloatingIP"));
        // Of a node it is the node's own.
        foreach (string command in new[] { "Get-BgpNode", "Get-BgpNodeAgent" })
        {
            Assert.Single(_shell.Run($"{command} {holder} | Get-BgpSession"));
            Assert.Empty(_shell.Run($"{command} {other} | Get-BgpSession"));
            Assert.Single(_shell.Run($"{command} | Get-BgpFloatingIP"));
        }

        Assert.Equal([holder], _shell.Run("Get-BgpSession | Get-BgpNodeAgent").Select(agent => $"{agent}"));
        Assert.Equal([holder], _shell.Run("Get-BgpFloatingIP; Get-BgpSession").Select(thing => thing is BgpFloatingIP floating ? floating.Node : ((BgpSession)thing).Node).Distinct());
        // What is said twice of one node is meant once.
        Assert.Equal([holder], _shell.Run("$all = @(Get-BgpFloatingIP; Get-BgpSession; Get-BgpFloatingIP); $all | Stop-BgpNodeAgent -PassThru").Select(agent => $"{agent}"));
        Assert.Equal([other], _shell.Run("Get-BgpNodeAgent | Stop-BgpNodeAgent -PassThru").Select(agent => $"{agent}"));
        Assert.Equal(["controller1"], _shell.Run("Get-BgpController | Stop-BgpController -PassThru").Select(controller => $"{controller}"));
    }

    private BgpFloatingIP FloatingIP => _shell.One<BgpFloatingIP>("Get-BgpFloatingIP");

    private BgpAdvertisedRoute Route => _shell.One<BgpAdvertisedRoute>("Get-BgpAdvertisedRoute");

    private BgpSession Session => _shell.One<BgpSession>("Get-BgpSession");

    private async Task<BgpSession> SessionAsync(Func<BgpSession, bool> condition)
    {
        BgpSession? now = null;
        await LoopbackCluster.UntilAsync(() => _shell.Run("Get-BgpSession") is [BgpSession session] && condition(now = session));
        return now!;
    }
}
