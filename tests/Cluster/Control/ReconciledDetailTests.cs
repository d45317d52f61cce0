using BgpLoadBalancer.Cluster.Control;
using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;
using BgpLoadBalancer.Cluster.Tests.Planning;

namespace BgpLoadBalancer.Cluster.Tests.Control;

/// <summary>What a pass changes of objects that are there already, and what it leaves alone (R22, R25, R30–R32).</summary>
public sealed class ReconciledDetailTests
{
    private const string RouteName = "default-default-web";

    private readonly ManifestClusterStore _store = Stores.Empty();

    [Fact]
    public async Task A_reason_is_written_also_when_the_address_stays()
    {
        await FilledAsync();
        _ = await Stores.ChangeAsync<EndpointSliceResource>(_store, "default", "web-1", slice => slice with { ReadyEndpoints = 0 });
        _ = await Stores.ChangeAsync<ServiceResource>(_store, "default", "web", service => service with { ExternalTrafficPolicy = ExternalTrafficPolicy.Local });
        _ = await PassAsync();
        ServiceResource service = (await _store.GetAsync<ServiceResource>("default", "web", Stores.Token))!;
        Assert.Equal((false, "LocalTrafficPolicy"), (service.Announcement!.Announced, service.Announcement.Reason));
        Assert.Single(service.Addresses);

        // Now nothing but the reason differs: that is no step, and yet a write.
        _ = await Stores.ChangeAsync<ServiceResource>(_store, "default", "web", service => service with { ExternalTrafficPolicy = ExternalTrafficPolicy.Cluster });
        ReconciliationPreview preview = await PreviewAsync();
        Assert.Equal((0, 1), (preview.Steps.Length, preview.Writes));
        _ = await PassAsync();
        Assert.Equal("NoReadyEndpoint", (await _store.GetAsync<ServiceResource>("default", "web", Stores.Token))!.Announcement!.Reason);
    }

    [Fact]
    public async Task A_session_whose_peer_changes_keeps_its_name_and_its_report()
    {
        await FilledAsync();
        BgpSessionResource session = Assert.Single((await _store.ListAsync<BgpSessionResource>(null, Stores.Token)).Items);
        _ = await _store.UpdateStatusAsync(session with { Status = new() { State = "Established" } }, Stores.Token);
        _ = await Stores.ChangeAsync<BgpPeerResource>(_store, "cluster-c1", "peer-0", peer => peer with { PeerAsn = 65009 });
        _ = await PassAsync();
        BgpSessionResource now = Assert.Single((await _store.ListAsync<BgpSessionResource>(null, Stores.Token)).Items);
        Assert.Equal((session.Metadata.Uid, 65009u, "Established"), (now.Metadata.Uid, now.PeerAsn, now.Status!.State));
    }

    [Fact]
    public async Task A_route_is_gone_while_its_service_does_not_hold_the_address()
    {
        await FilledAsync();
        _ = await Stores.ChangeStatusAsync<ServiceResource>(_store, "default", "web", service => service with { Addresses = [] });
        Assert.Equal(["Add Address default/web", $"Remove Route {RouteName}", $"Add Route {RouteName}"], (await PassAsync()).Select(step => $"{step.Action} {step.Kind} {step.Name}"));
    }

    [Fact]
    public async Task Next_hops_that_somebody_edited_are_put_right()
    {
        await FilledAsync();
        BgpAdvertisedRouteResource route = (await _store.GetAsync<BgpAdvertisedRouteResource>("kube-system", RouteName, Stores.Token))!;
        foreach (AdvertisedNextHop[] edited in (AdvertisedNextHop[][])[[.. route.NextHops.Reverse()], [.. route.NextHops.Select(hop => hop with { Address = Snapshots.IP("10.9.9.9") })]])
        {
            _ = await Stores.ChangeAsync<BgpAdvertisedRouteResource>(_store, "kube-system", RouteName, old => old with { NextHops = [.. edited] });
            _ = await PassAsync();
            Assert.Equal(route.NextHops, (await _store.GetAsync<BgpAdvertisedRouteResource>("kube-system", RouteName, Stores.Token))!.NextHops);
        }
    }

    [Fact]
    public async Task A_routes_metric_is_the_MED_that_all_its_peers_are_sent()
    {
        await Stores.FillAsync(_store, Snapshots.Cluster(3, 1, 2, Snapshots.Service("web")));
        _ = await PassAsync();
        Assert.Null(await MetricAsync());
        foreach ((string peer, uint? med, uint? metric) in new (string, uint?, uint?)[] { ("peer-0", 10, null), ("peer-1", 10, 10), ("peer-0", null, null), ("peer-1", null, null) })
        {
            uint? before = await MetricAsync();
            _ = await Stores.ChangeAsync<BgpPeerResource>(_store, "cluster-c1", peer, old => old with { Med = med });
            string[] steps = [.. (await PassAsync()).Select(step => step.ToString())];
            Assert.Equal(metric, await MetricAsync());
            Assert.Equal(before == metric ? [] : [$"Change Route {RouteName}: {(before is null ? "none" : before)} -> {(metric is null ? "none" : metric)} (metric)"], steps);
        }
    }

    [Fact]
    public async Task A_name_that_is_still_taken_is_given_only_when_it_is_free()
    {
        await Stores.FillAsync(_store, Snapshots.Cluster(1, 1, 1, Snapshots.Service("web") with { Addresses = [Snapshots.IP("10.100.0.7")] }));
        await Stores.PutAsync(_store, new BgpSessionResource { Metadata = Snapshots.Meta("10.0.200.1-node-000", "kube-system"), FloatingIP = Snapshots.IP("10.0.1.99"), LocalIP = Snapshots.IP("10.0.1.99"), NodeName = "node-000", PeerIP = Snapshots.IP("10.0.200.1") });
        await Stores.PutAsync(_store, new BgpAdvertisedRouteResource { Metadata = Snapshots.Meta(RouteName, "kube-system"), ServiceNamespace = "default-default", ServiceName = "web", Prefix = System.Net.IPNetwork.Parse("10.100.0.9/32") });
        ReconciliationPreview preview = await PreviewAsync();
        Assert.Equal(preview.Steps, await PassAsync());
        Assert.Equal(
            ["Remove Session 10.0.200.1-node-000", "Add Session 10.0.200.1-node-000", $"Remove Route {RouteName}", $"Add Route {RouteName}"],
            preview.Steps.Where(step => step.Kind is PlanStepKind.Session or PlanStepKind.Route).OrderBy(step => step.Kind).Select(step => $"{step.Action} {step.Kind} {step.Name}"));
        Assert.Equal("default", (await _store.GetAsync<BgpAdvertisedRouteResource>("kube-system", RouteName, Stores.Token))!.ServiceNamespace);
    }

    [Theory]
    [InlineData(LoadBalancerType.Layer2, ClusterType.User)]
    [InlineData(LoadBalancerType.Bgp, ClusterType.Admin)]
    public async Task Services_of_a_cluster_that_announces_none_are_left_alone(LoadBalancerType type, ClusterType cluster)
    {
        ClusterSnapshot snapshot = Snapshots.Cluster(2, 1, 1, Snapshots.Service("web") with { Addresses = [Snapshots.IP("10.100.0.7")] }).With(spec => spec with { Type = type });
        await Stores.FillAsync(_store, snapshot with { Cluster = snapshot.Cluster with { Type = cluster } });
        _ = await PassAsync();
        ServiceResource service = (await _store.GetAsync<ServiceResource>("default", "web", Stores.Token))!;
        Assert.Equal(["10.100.0.7"], service.Addresses.Select(address => address.ToString()));
        Assert.Null(service.Announcement);
    }

    private async Task FilledAsync()
    {
        await Stores.FillAsync(_store, Snapshots.Cluster(3, 1, 1, Snapshots.Service("web")));
        _ = await PassAsync();
    }

    private async Task<uint?> MetricAsync() => (await _store.GetAsync<BgpAdvertisedRouteResource>("kube-system", RouteName, Stores.Token))!.Metric;

    private async Task<IReadOnlyList<PlanStep>> PassAsync()
    {
        List<PlanStep> steps = [];
        await new ReconciliationPass(_store, "cluster-c1").RunAsync(steps.Add, Stores.Token);
        return steps;
    }

    private async Task<ReconciliationPreview> PreviewAsync() =>
        await new ReconciliationPass(_store, "cluster-c1").PreviewAsync((await SnapshotReader.ReadAsync(_store, "cluster-c1", Stores.Token))!, Stores.Token);
}
