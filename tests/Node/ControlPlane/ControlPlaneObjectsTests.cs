using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;
using BgpLoadBalancer.Node.ControlPlane;
using BgpLoadBalancer.Node.Tests.Agent;
using BgpLoadBalancer.Node.Tests.Reporting;
using Microsoft.Extensions.Time.Testing;

namespace BgpLoadBalancer.Node.Tests.ControlPlane;

/// <summary>The BGPSessions of a node's control-plane sessions (R30, R32), without their status.</summary>
public sealed class ControlPlaneObjectsTests
{
    private static readonly ControlPlanePeer s_first = ControlPlaneCluster.Peer(0);
    private static readonly ControlPlanePeer s_second = ControlPlaneCluster.Peer(1);

    private readonly FakeTimeProvider _time = new();
    private readonly ManifestClusterStore _embedded = new(new() { Seed = 1 });
    private readonly OutageStore _store;

    public ControlPlaneObjectsTests() => _store = new(_embedded);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task They_are_made_for_this_node_alone_and_without_a_floating_IP()
    {
        await using Running running = new(_time);
        await StartAsync(running, ControlPlaneCluster.Plan(s_first, s_second));
        await Running.SettleAsync(() => Sessions().Length == 2);

        Assert.Equal(["127.0.1.1-node-0-control-plane", "127.0.1.2-node-0-control-plane"], Sessions().Select(session => session.Metadata.Name));
        BgpSessionResource made = Sessions()[0];
        Assert.Equal((null, 65001u, AgentCluster.NodeAddress(0), "node-0", 65002u, AgentCluster.RouterAddress(0), null), (made.FloatingIP, made.LocalAsn, made.LocalIP, made.NodeName, made.PeerAsn, made.PeerIP, made.Status));
        Assert.Empty(running.Reports);
    }

    [Fact]
    public async Task What_the_plan_has_no_more_is_deleted_and_what_others_have_made_is_left_to_them()
    {
        await using Running running = new(_time);
        _ = await CreateAsync("127.0.1.9-node-0-control-plane", session => session with { PeerIP = AgentCluster.RouterAddress(8) });
        _ = await CreateAsync("another-nodes", session => session with { NodeName = "node-1", PeerIP = AgentCluster.RouterAddress(8) });
        _ = await CreateAsync("127.0.1.9-node-0", session => session with { FloatingIP = AgentCluster.FloatingIP(5), PeerIP = AgentCluster.RouterAddress(8) });
        ControlPlaneObjects objects = await StartAsync(running, ControlPlaneCluster.Plan(s_first, s_second));
        await Running.SettleAsync(() => Names() is ["127.0.1.1-node-0-control-plane", "127.0.1.2-node-0-control-plane", "127.0.1.9-node-0", "another-nodes"]);

        objects.Follow(ControlPlaneCluster.Of(ControlPlaneCluster.Plan(s_second)));
        await Running.SettleAsync(() => Names() is ["127.0.1.2-node-0-control-plane", "127.0.1.9-node-0", "another-nodes"]);
        objects.Follow(ControlPlaneCluster.Of(ControlPlaneCluster.Without(s_second)));
        await Running.SettleAsync(() => Names() is ["127.0.1.9-node-0", "another-nodes"]);
    }

    [Fact]
    public async Task A_changed_ASN_changes_the_object_and_keeps_its_name_and_status()
    {
        await using Running running = new(_time);
        BgpSessionResource before = await CreateAsync("odd-name", session => session);
        _ = await _embedded.UpdateStatusAsync(before with { Status = new() { State = "Established" } }, Stop);
        await StartAsync(running, ControlPlaneCluster.Plan(ControlPlaneCluster.Peer(0, asn: 65077)));
        await Running.SettleAsync(() => Sessions() is [{ PeerAsn: 65077 }]);

        BgpSessionResource after = Sessions()[0];
        Assert.Equal(("odd-name", before.Metadata.Uid, "Established"), (after.Metadata.Name, after.Metadata.Uid, after.Status!.State));
    }

    [Fact]
    public async Task Where_another_object_has_the_name_it_gets_one_of_its_own()
    {
        await using Running running = new(_time);
        ClusterPlan plan = ControlPlaneCluster.Plan(s_first);
        ServiceSession service = Assert.Single(plan.ServiceSessions);
        _ = await CreateAsync("127.0.1.1-node-0-control-plane", session => session with { FloatingIP = service.FloatingIP, LocalIP = service.FloatingIP, NodeName = service.Node });
        await StartAsync(running, plan);
        await Running.SettleAsync(() => Sessions().Length == 2);

        Assert.Matches("^127.0.1.1-node-0-control-plane-[0-9a-f]{8}$", Sessions().Single(session => session.FloatingIP is null).Metadata.Name);
    }

    [Fact]
    public async Task One_that_cannot_be_made_does_not_stop_the_others_and_is_made_later()
    {
        await using Running running = new(_time);
        // Nobody plans it, so its name counts as free; who has made it deletes it one day.
        BgpSessionResource inTheWay = await CreateAsync("127.0.1.1-node-0-control-plane", session => session with { FloatingIP = AgentCluster.FloatingIP(9) });
        ControlPlaneObjects objects = await StartAsync(running, ControlPlaneCluster.Plan(s_first, s_second));
        await Running.SettleAsync(() => Names().Contains("127.0.1.2-node-0-control-plane"));
        await running.AdvanceAsync(TimeSpan.FromMinutes(5));
        Assert.Contains("127.0.1.1-node-0-control-plane", Assert.Single(running.Reports).Error, StringComparison.Ordinal);
        Assert.NotNull(objects.Problem);

        _ = await _embedded.DeleteAsync<BgpSessionResource>("kube-system", inTheWay.Metadata.Name, null, Stop);
        Assert.InRange(await running.UntilAsync(() => Sessions() is [{ FloatingIP: null }, { FloatingIP: null }]), TimeSpan.Zero, ControlPlaneObjects.CheckPeriod);
        await Running.SettleAsync(() => objects.Problem is null);
    }

    [Fact]
    public async Task While_the_store_is_away_it_is_said_once_and_then_all_is_made_good()
    {
        await using Running running = new(_time);
        _store.Away = true;
        await StartAsync(running, ControlPlaneCluster.Plan(s_first));
        await running.AdvanceAsync(TimeSpan.FromMinutes(10));
        Assert.Equal("The store is away.", Assert.Single(running.Reports).Error);
        Assert.InRange(_store.Refused, 20, 30);

        _store.Away = false;
        Assert.InRange(await running.UntilAsync(() => Sessions().Length == 1), TimeSpan.Zero, ControlPlaneObjects.CheckPeriod);
    }

    [Fact]
    public async Task What_somebody_deletes_is_made_again()
    {
        await using Running running = new(_time);
        await StartAsync(running, ControlPlaneCluster.Plan(s_first));
        await Running.SettleAsync(() => Sessions().Length == 1);
        _ = await _embedded.DeleteAsync<BgpSessionResource>("kube-system", Sessions()[0].Metadata.Name, null, Stop);
        Assert.InRange(await running.UntilAsync(() => Sessions().Length == 1), TimeSpan.FromSeconds(29), ControlPlaneObjects.CheckPeriod);
    }

    [Fact]
    public async Task Where_nothing_is_planned_nobody_looks()
    {
        await using Running running = new(_time);
        // Its wait has no end, so the clock need not wait for it.
        ControlPlaneObjects objects = await StartAsync(running, ControlPlaneCluster.Plan(s_first), _time);
        await Running.SettleAsync(() => Sessions().Length == 1);
        objects.Follow(ControlPlaneCluster.Of(ControlPlaneCluster.Without(s_first)));
        await Running.SettleAsync(() => Sessions().Length == 0);
        _store.Away = true;
        await running.AdvanceAsync(TimeSpan.FromMinutes(10));
        Assert.Equal(0, _store.Refused);
    }

    private async Task<ControlPlaneObjects> StartAsync(Running running, ClusterPlan plan, TimeProvider? time = null)
    {
        ControlPlaneObjects objects = new(_store, ControlPlaneCluster.Node, time ?? running.Time, running.Reports.Enqueue);
        objects.Follow(ControlPlaneCluster.Of(plan));
        await running.StartAsync(objects.RunAsync);
        return objects;
    }

    private BgpSessionResource[] Sessions() => [.. _embedded.ListAsync<BgpSessionResource>("kube-system", Stop).GetAwaiter().GetResult().Items.OrderBy(session => session.Metadata.Name, StringComparer.Ordinal)];

    private string[] Names() => [.. Sessions().Select(session => session.Metadata.Name)];

    private Task<BgpSessionResource> CreateAsync(string name, Func<BgpSessionResource, BgpSessionResource> change) => _embedded.CreateAsync(
        change(new()
        {
            Metadata = AgentCluster.Meta(name, "kube-system"),
            LocalIP = AgentCluster.NodeAddress(0),
            LocalAsn = AgentCluster.LocalAsn,
            NodeName = ControlPlaneCluster.Node,
            PeerAsn = AgentCluster.RouterAsn,
            PeerIP = AgentCluster.RouterAddress(0),
        }),
        Stop);
}
