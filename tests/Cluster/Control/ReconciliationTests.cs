using BgpLoadBalancer.Cluster.Control;
using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;
using BgpLoadBalancer.Cluster.Tests.Planning;
using CsCheck;

namespace BgpLoadBalancer.Cluster.Tests.Control;

/// <summary>What a pass writes (R22, R26, R30, R31), and that passes come to an end (R38).</summary>
public sealed class ReconciliationTests
{
    [Fact]
    public async Task A_service_gets_its_address_then_its_route()
    {
        ManifestClusterStore store = Stores.Empty();
        await Stores.FillAsync(store, Snapshots.Cluster(3, 2, 2, Snapshots.Service("web")));
        IReadOnlyList<PlanStep> steps = await PassAsync(store);
        ServiceResource service = (await store.GetAsync<ServiceResource>("default", "web", Stores.Token))!;
        Assert.Equal(["10.100.0.0"], service.Addresses.Select(address => address.ToString()));
        Assert.Equal(new ServiceAnnouncement(true, "Announced", ""), service.Announcement);
        BgpAdvertisedRouteResource route = Assert.Single((await store.ListAsync<BgpAdvertisedRouteResource>("kube-system", Stores.Token)).Items);
        Assert.Equal("default-default-web", route.Metadata.Name);
        Assert.Equal("10.100.0.0/32", route.Prefix.ToString());
        Assert.Equal(3, route.NextHops.Length);
        Assert.Equal(
            ["Add FloatingIP 10.0.1.150", "Add FloatingIP 10.0.1.151", "Add Address default/web", "Add Session", "Add Session", "Add Session", "Add Session", "Add Route default-default-web"],
            steps.Select(step => step.Kind == PlanStepKind.Session ? $"{step.Action} {step.Kind}" : $"{step.Action} {step.Kind} {step.Name}"));
    }

    [Fact]
    public async Task Sessions_go_where_their_floating_IPs_go()
    {
        ManifestClusterStore store = Stores.Empty();
        await Stores.FillAsync(store, Snapshots.Cluster(2, 1, 1));
        _ = await PassAsync(store);
        BgpSessionResource session = Assert.Single((await store.ListAsync<BgpSessionResource>("kube-system", Stores.Token)).Items);
        string other = session.NodeName == "node-000" ? "node-001" : "node-000";
        Assert.Equal($"10.0.200.1-{session.NodeName}", session.Metadata.Name);
        _ = await Stores.ChangeStatusAsync<NodeResource>(store, "", session.NodeName, node => node with { Ready = false });
        _ = await PassAsync(store);
        BgpSessionResource moved = Assert.Single((await store.ListAsync<BgpSessionResource>("kube-system", Stores.Token)).Items);
        Assert.Equal((other, $"10.0.200.1-{other}"), (moved.NodeName, moved.Metadata.Name));
    }

    [Fact]
    public async Task A_control_plane_session_is_deleted_only_when_nobody_is_left_to_do_it()
    {
        ManifestClusterStore store = Stores.Empty();
        await Stores.FillAsync(store, Snapshots.Cluster(2, 1, 1));
        await Stores.PutAsync(store, ControlPlaneSession("node-000"));
        await Stores.PutAsync(store, ControlPlaneSession("node-gone"));
        _ = await PassAsync(store);
        Assert.Equal(["node-000"], (await store.ListAsync<BgpSessionResource>("kube-system", Stores.Token)).Items.Where(session => session.FloatingIP is null).Select(session => session.NodeName));
    }

    [Fact]
    public async Task A_service_that_is_no_load_balancer_any_more_gives_its_address_back()
    {
        ManifestClusterStore store = Stores.Empty();
        await Stores.FillAsync(store, Snapshots.Cluster(2, 1, 1, Snapshots.Service("web")));
        _ = await PassAsync(store);
        _ = await Stores.ChangeAsync<ServiceResource>(store, "default", "web", service => service with { IsLoadBalancer = false });
        _ = await PassAsync(store);
        Assert.Empty((await store.GetAsync<ServiceResource>("default", "web", Stores.Token))!.Addresses);
        Assert.Empty((await store.ListAsync<BgpAdvertisedRouteResource>("kube-system", Stores.Token)).Items);
    }

    [Fact]
    public async Task A_service_that_is_no_load_balancer_any_more_keeps_no_condition_of_ours()
    {
        ManifestClusterStore store = Stores.Empty();
        await Stores.FillAsync(store, Snapshots.Cluster(2, 1, 1, Snapshots.Service("web") with { RequestedAddress = "192.0.2.1" }));
        _ = await PassAsync(store);
        Assert.Equal("AddressInNoPool", (await store.GetAsync<ServiceResource>("default", "web", Stores.Token))!.Announcement!.Reason);
        _ = await Stores.ChangeAsync<ServiceResource>(store, "default", "web", service => service with { IsLoadBalancer = false });
        _ = await PassAsync(store);
        Assert.Null((await store.GetAsync<ServiceResource>("default", "web", Stores.Token))!.Announcement);
    }

    [Fact]
    public async Task What_is_not_announced_says_why_on_the_service()
    {
        ManifestClusterStore store = Stores.Empty();
        await Stores.FillAsync(store, Snapshots.Cluster(2, 1, 1, Snapshots.Service("web") with { ExternalTrafficPolicy = ExternalTrafficPolicy.Local }));
        _ = await PassAsync(store);
        ServiceAnnouncement announcement = (await store.GetAsync<ServiceResource>("default", "web", Stores.Token))!.Announcement!;
        Assert.False(announcement.Announced);
        Assert.Equal("LocalTrafficPolicy", announcement.Reason);
    }

    [Fact]
    public void Passes_come_to_an_end_and_then_say_what_the_plan_says() => Gen.Select(Scenario.Cluster, Scenario.Step.Array[0, 4]).Sample((snapshot, steps) =>
    {
        foreach (Func<ClusterSnapshot, Change> step in steps) snapshot = step(snapshot).Snapshot;
        CheckAsync(snapshot).GetAwaiter().GetResult();

        static async Task CheckAsync(ClusterSnapshot snapshot)
        {
            ManifestClusterStore store = Stores.Empty();
            await Stores.FillAsync(store, snapshot with { NodesWithoutLease = [] });
            ReconciliationPreview preview = await new ReconciliationPass(store, "cluster-c1").PreviewAsync((await SnapshotReader.ReadAsync(store, "cluster-c1", Stores.Token))!, Stores.Token);
            Assert.Equal(preview.Steps, await PassAsync(store));
            ClusterSnapshot after = (await SnapshotReader.ReadAsync(store, "cluster-c1", Stores.Token))!;
            Assert.Equal(0, (await new ReconciliationPass(store, "cluster-c1").PreviewAsync(after, Stores.Token)).Writes);
            ClusterPlan plan = Planner.Resume(after);
            Assert.All(plan.Routes, route => Assert.True(route.Held));
            Assert.Equal(plan.Routes.Select(route => route.Prefix.ToString()).Order(), (await store.ListAsync<BgpAdvertisedRouteResource>(null, Stores.Token)).Items.Select(route => route.Prefix.ToString()).Order());
            Assert.Equal(plan.ServiceSessions.Length, (await store.ListAsync<BgpSessionResource>(null, Stores.Token)).Items.Length);
        }
    }, iter: 2_000);

    private static async Task<IReadOnlyList<PlanStep>> PassAsync(IClusterStore store)
    {
        List<PlanStep> steps = [];
        await new ReconciliationPass(store, "cluster-c1").RunAsync(steps.Add, Stores.Token);
        return steps;
    }

    private static BgpSessionResource ControlPlaneSession(string node) => new()
    {
        Metadata = Snapshots.Meta($"10.0.1.254-{node}-control-plane", "kube-system"),
        LocalAsn = 65001,
        LocalIP = Snapshots.NodeAddress(0),
        NodeName = node,
        PeerAsn = 65002,
        PeerIP = Snapshots.IP("10.0.1.254"),
    };
}
