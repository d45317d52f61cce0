using System.Collections.Immutable;
using BgpLoadBalancer.Cluster.Control;
using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;
using BgpLoadBalancer.Cluster.Tests.Planning;

namespace BgpLoadBalancer.Cluster.Tests.Control;

/// <summary>A controller over the embedded store (R19, R22, R23, R30, R36, R38).</summary>
public sealed class ControllerTests
{
    // No agent runs in these tests, and virtual time passes quickly.
    private static readonly ControllerSettings s_withoutAgents = new() { NodeLeaseDuration = TimeSpan.FromDays(10_000) };

    private readonly ManifestClusterStore _store = Stores.Empty();

    [Fact]
    public async Task It_follows_what_changes()
    {
        await Stores.FillAsync(_store, Snapshots.Cluster(3, 2, 2, Snapshots.Service("web")));
        await using RunningController running = new(Stores.SelfManaged(_store));
        _ = await Routes(routes => routes.Count == 1);
        ServiceResource api = Snapshots.Service("api");
        await Stores.PutAsync(_store, api);
        await Stores.PutAsync(_store, Snapshots.Slice(api));
        IReadOnlyList<BgpAdvertisedRouteResource> routes = await Routes(routes => routes.Count == 2);
        Assert.Equal(2, routes.Select(route => route.Prefix).Distinct().Count());
        _ = await _store.DeleteAsync<ServiceResource>("default", "web", null, Stores.Token);
        _ = await Routes(routes => routes is [{ ServiceName: "api" }]);
        _ = await Stores.ChangeAsync<EndpointSliceResource>(_store, "default", "api-1", slice => slice with { ReadyEndpoints = 0 });
        _ = await Routes(routes => routes.Count == 0);
    }

    [Fact]
    public async Task A_node_whose_agent_is_silent_loses_its_floating_IP_and_is_no_next_hop()
    {
        await Stores.FillAsync(_store, Snapshots.Cluster(2, 1, 1, Snapshots.Service("web")));
        foreach (string node in (string[])["node-000", "node-001"]) await Stores.PutAsync(_store, Lease(node));
        await using RunningController running = new(Stores.SelfManaged(_store));
        string holder = (await Placed(status => status.Node is not null)).Node!;
        string other = holder == "node-000" ? "node-001" : "node-000";
        Task<FloatingIPStatus> moved = Placed(status => status.Node == other);
        while (!moved.IsCompleted)
        {
            // The other agent goes on renewing, each second of virtual time.
            _ = await Stores.ChangeAsync<LeaseResource>(_store, "kube-system", LeaseNames.OfNode(other), lease => lease with { RenewTime = (lease.RenewTime ?? running.Time.Start).AddSeconds(1) });
            running.Time.Advance(TimeSpan.FromSeconds(1));
            await running.AtRestAsync();
        }

        Assert.True(running.Time.GetUtcNow() - running.Time.Start >= TimeSpan.FromSeconds(15));
        _ = await Routes(routes => routes is [{ NextHops: [{ } only] }] && only.Node == other);
    }

    [Fact]
    public async Task One_that_starts_while_no_node_is_healthy_says_what_their_agents_announce()
    {
        ClusterSnapshot snapshot = Snapshots.Cluster(2, 1, 1, Snapshots.Service("web"));
        await Stores.FillAsync(_store, snapshot with
        {
            Nodes = [.. snapshot.Nodes.Select(node => node with { Ready = false })],
            NetworkGatewayGroup = snapshot.NetworkGatewayGroup! with { Status = [new(Snapshots.FloatingIP(0), "node-001")] },
        });
        await using RunningController running = new(Stores.SelfManaged(_store), s_withoutAgents);
        _ = await Routes(routes => routes is [{ NextHops.Length: 2 }]);
    }

    [Fact]
    public async Task Silence_after_the_first_report_is_noticed_though_nothing_else_happens()
    {
        await Stores.FillAsync(_store, Snapshots.Cluster(2, 1, 1));
        await using RunningController running = new(Stores.SelfManaged(_store), s_withoutAgents);
        BgpSessionResource session = (await Sessions(sessions => sessions.Count == 1))[0];
        // It has seen what it wrote itself, and waits for nothing.
        await running.AtRestAsync();
        _ = await _store.UpdateStatusAsync(session with { Status = new() { State = "Established", LastReportTime = running.Time.Start } }, Stores.Token);
        Task unknown = Sessions(sessions => sessions[0].Status!.State == BgpSessionStatus.Unknown);
        // Within three periods of 10 s, and not when something else comes up one day.
        while (!unknown.IsCompleted && running.Time.GetUtcNow() - running.Time.Start < TimeSpan.FromMinutes(1))
        {
            running.Time.Advance(TimeSpan.FromSeconds(1));
            await running.AtRestAsync();
        }

        await unknown;
    }

    [Fact]
    public async Task A_session_that_nobody_reports_any_more_is_unknown()
    {
        await Stores.FillAsync(_store, Snapshots.Cluster(2, 1, 1));
        await using RunningController running = new(Stores.SelfManaged(_store), s_withoutAgents);
        BgpSessionResource session = (await Sessions(sessions => sessions.Count == 1))[0];
        _ = await _store.UpdateStatusAsync(session with { Status = new() { State = "Established", LastReportTime = running.Time.Start } }, Stores.Token);
        await running.PassTimeUntilAsync(Sessions(sessions => sessions[0].Status!.State == BgpSessionStatus.Unknown));
        Assert.True(running.Time.GetUtcNow() - running.Time.Start >= TimeSpan.FromSeconds(30));
        Assert.Equal(running.Time.Start, (await Sessions(_ => true))[0].Status!.LastReportTime);
    }

    [Fact]
    public async Task The_wait_for_a_report_begins_with_the_first_one_even_when_nothing_else_happens()
    {
        await Stores.FillAsync(_store, Snapshots.Cluster(2, 1, 1));
        await using RunningController running = new(Stores.SelfManaged(_store), s_withoutAgents);
        BgpSessionResource session = (await Sessions(sessions => sessions.Count == 1))[0];
        await running.AtRestAsync();
        long passes = running.Controller.Status.Passes;
        _ = await _store.UpdateStatusAsync(session with { Status = new() { State = "Established", LastReportTime = running.Time.Start } }, Stores.Token);
        await Stores.TrueAsync(() => running.Controller.Status.Passes > passes);
        // The pass is over, and its loop has to come to wait before the clock goes on.
        await running.AtRestAsync();
        running.Time.Advance(TimeSpan.FromSeconds(29.9));
        await running.AtRestAsync();
        Assert.Equal("Established", (await Sessions(_ => true))[0].Status!.State);
        running.Time.Advance(TimeSpan.FromSeconds(0.2));
        _ = await Sessions(sessions => sessions[0].Status!.State == BgpSessionStatus.Unknown);
    }

    [Fact]
    public async Task When_the_cluster_goes_from_the_admin_cluster_its_copies_go_too()
    {
        ManifestClusterStore user = Stores.Empty(2);
        await Stores.FillAsync(_store, Snapshots.Cluster(2, 1, 1) with { Nodes = [] });
        await using RunningController running = new(new(_store, user, "cluster-c1"));
        _ = await Stores.UntilAsync<ClusterResource>(user, clusters => clusters.Count == 1);
        _ = await _store.DeleteAsync<ClusterResource>("cluster-c1", "c1", null, Stores.Token);
        _ = await Stores.UntilAsync<ClusterResource>(user, clusters => clusters.Count == 0);
        await Stores.TrueAsync(() => running.Controller.Status.Problem == "There is no Cluster in the namespace 'cluster-c1'.");
        Assert.Single((await user.ListAsync<BgpPeerResource>(null, Stores.Token)).Items);
    }

    [Fact]
    public async Task It_writes_everything_once()
    {
        await Stores.FillAsync(_store, Snapshots.Cluster(3, 2, 2, [.. Snapshots.Services(40)]));
        using FaultyStore counting = new(_store);
        await using RunningController running = new(Stores.SelfManaged(counting));
        _ = await Routes(routes => routes.Count == 40);
        _ = await Sessions(sessions => sessions.Count == 4);
        // 40 statuses, 40 routes, 4 sessions, 1 placement.
        Assert.Equal(85, counting.Asked.Count);
    }

    [Fact]
    public async Task What_the_store_refuses_holds_up_nothing_else_and_is_tried_again()
    {
        await Stores.FillAsync(_store, Snapshots.Cluster(3, 1, 1, Snapshots.Service("a"), Snapshots.Service("b")));
        using FaultyStore faulty = new(_store) { Refuses = resource => resource is ServiceResource { Metadata.Name: "a" } };
        await using RunningController running = new(Stores.SelfManaged(faulty), s_withoutAgents);
        _ = await Routes(routes => routes is [{ ServiceName: "b" }]);

        faulty.Refuses = _ => false;
        await running.PassTimeUntilAsync(Routes(routes => routes.Count == 2));
        Assert.Contains(running.Reports, report => report.Subject == "Service default/a" && report.Error == "Not this one.");
    }

    [Fact]
    public async Task After_an_outage_it_goes_on_where_the_cluster_is_then()
    {
        await Stores.FillAsync(_store, Snapshots.Cluster(3, 1, 1, Snapshots.Service("web")));
        using FaultyStore faulty = new(_store);
        await using RunningController running = new(Stores.SelfManaged(faulty), s_withoutAgents);
        _ = await Routes(routes => routes.Count == 1);
        faulty.Away = true;
        _ = await _store.DeleteAsync<ServiceResource>("default", "web", null, Stores.Token);
        ServiceResource api = Snapshots.Service("api");
        await Stores.PutAsync(_store, api);
        await Stores.PutAsync(_store, Snapshots.Slice(api));
        faulty.Away = false;
        await running.PassTimeUntilAsync(Routes(routes => routes is [{ ServiceName: "api" }]));
    }

    [Fact]
    public async Task The_users_resources_go_to_the_user_cluster_and_edits_there_are_overwritten()
    {
        ManifestClusterStore user = Stores.Empty(2);
        ClusterSnapshot snapshot = Snapshots.Cluster(2, 1, 2);
        await Stores.FillAsync(_store, snapshot with { Nodes = [], BgpPeers = [snapshot.BgpPeers[0] with { PasswordSecret = "router" }, snapshot.BgpPeers[1]] });
        // What the source's tools noted for themselves is no business of the copy, and what is nobody's copy is not ours to delete.
        _ = await Stores.ChangeAsync<BgpPeerResource>(_store, "cluster-c1", "peer-1", peer => peer with { Metadata = peer.Metadata with { Annotations = peer.Metadata.Annotations.SetItem("kubectl.kubernetes.io/last-applied-configuration", "{}") } });
        await Stores.PutAsync(user, Secret("of-the-user-cluster"));
        await Stores.PutAsync(user, Secret("of-another-admin") with { Metadata = Secret("of-another-admin").Metadata with { Annotations = ImmutableSortedDictionary<string, string>.Empty.Add(CopySource.Annotation, "3b0f4c1e/cluster-c1") } });
        await Stores.PutAsync(_store, Secret("router"));
        await Stores.PutAsync(_store, Secret("other"));
        foreach (NodeResource node in snapshot.Nodes) await Stores.PutAsync(user, Stores.WithAnnotation(node));
        await using RunningController running = new(new(_store, user, "cluster-c1"));
        IReadOnlyList<BgpPeerResource> peers = await Stores.UntilAsync<BgpPeerResource>(user, peers => peers.Count == 2);
        string source = $"{await _store.GetClusterUidAsync(Stores.Token)}/cluster-c1";
        Assert.All(peers, peer => Assert.Equal(["networking.gke.io/bgp-source"], peer.Metadata.Annotations.Keys));
        Assert.All(peers, peer => Assert.Equal(source, peer.Metadata.Annotations["networking.gke.io/bgp-source"]));
        _ = await Stores.UntilAsync<SecretResource>(user, secrets => secrets is [{ Metadata.Name: "of-another-admin" }, { Metadata.Name: "of-the-user-cluster" }, { Metadata.Name: "router" }]);
        _ = await Stores.UntilAsync<NetworkGatewayGroupResource>(user, groups => groups is [{ Status: [{ Node: not null }] }]);
        _ = await Stores.UntilAsync<BgpSessionResource>(user, sessions => sessions.Count == 2);

        _ = await Stores.ChangeAsync<BgpPeerResource>(user, "cluster-c1", "peer-0", peer => peer with { PeerAsn = 64999 });
        _ = await Stores.UntilAsync<BgpPeerResource>(user, peers => peers.All(peer => peer.PeerAsn == 65002));
        _ = await Stores.ChangeStatusAsync<NetworkGatewayGroupResource>(user, "cluster-c1", "default", group => group with { Status = [group.Status[0] with { Node = "node-nowhere" }] });
        _ = await Stores.UntilAsync<NetworkGatewayGroupResource>(user, groups => groups is [{ Status: [{ Node: not "node-nowhere" }] }]);
        _ = await _store.DeleteAsync<BgpPeerResource>("cluster-c1", "peer-0", null, Stores.Token);
        _ = await Stores.UntilAsync<BgpPeerResource>(user, peers => peers.Count == 1);
        _ = await Stores.UntilAsync<SecretResource>(user, secrets => secrets is [{ Metadata.Name: "of-another-admin" }, { Metadata.Name: "of-the-user-cluster" }]);
    }

    [Fact]
    public async Task Next_hops_that_stay_though_no_node_is_healthy_and_sessions_that_lack_are_reported()
    {
        ClusterSnapshot snapshot = Snapshots.Cluster(2, 1, 1, Snapshots.Service("web"));
        await Stores.FillAsync(_store, snapshot with { BgpPeers = [snapshot.BgpPeers[0] with { Sessions = 3 }] });
        await using RunningController running = new(Stores.SelfManaged(_store), s_withoutAgents);
        _ = await Routes(routes => routes.Count == 1);
        await Stores.TrueAsync(() => running.Controller.Status.Reasons.Any(reason => reason.Code == PlanReasonCode.TooFewFloatingIPs));
        foreach (string node in (string[])["node-000", "node-001"]) _ = await Stores.ChangeStatusAsync<NodeResource>(_store, "", node, old => old with { Ready = false });
        await Stores.TrueAsync(() => running.Controller.Status.Reasons.Any(reason => reason.Code == PlanReasonCode.NextHopsKept));
        _ = await Stores.ChangeStatusAsync<NodeResource>(_store, "", "node-000", old => old with { Ready = true });
        await Stores.TrueAsync(() => running.Controller.Status.Reasons.All(reason => reason.Code != PlanReasonCode.NextHopsKept));
        Assert.Single(running.Reports, report => report is { Level: ControlEventLevel.Warning, Subject: "Plan" } && report.Message.StartsWith("Peer peer-0 is to have 3 sessions", StringComparison.Ordinal));
        Assert.Contains(running.Reports, report => report is { Level: ControlEventLevel.Warning, Subject: "Plan" } && report.Message.StartsWith("No load-balancer node is healthy; the last next hops for IPv4 stay", StringComparison.Ordinal));
        Assert.Contains(running.Reports, report => report is { Level: ControlEventLevel.Information, Subject: "Plan" } && report.Message.StartsWith("no longer: No load-balancer node is healthy", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_cluster_that_is_reached_in_two_ways_is_no_user_cluster_of_itself()
    {
        ClusterSnapshot snapshot = Snapshots.Cluster(2, 1, 1, Snapshots.Service("web"));
        await Stores.FillAsync(_store, snapshot with { BgpPeers = [snapshot.BgpPeers[0] with { PasswordSecret = "router" }] });
        await Stores.PutAsync(_store, Secret("router"));
        using FaultyStore admin = new(_store);
        await using RunningController running = new(new(admin, _store, "cluster-c1"));
        _ = await Routes(routes => routes.Count == 1);
        _ = await Stores.ChangeAsync<BgpPeerResource>(_store, "cluster-c1", "peer-0", peer => peer with { PasswordSecret = null });
        await running.AtRestAsync();
        // Marked as copies they could not be edited any more, and the Secret would be deleted as one that nobody needs.
        Assert.Empty(Assert.Single((await _store.ListAsync<BgpPeerResource>(null, Stores.Token)).Items).Metadata.Annotations);
        Assert.Empty(Assert.Single((await _store.ListAsync<SecretResource>(null, Stores.Token)).Items).Metadata.Annotations);
    }

    [Fact]
    public async Task The_user_cluster_of_another_is_not_its_work_unless_it_is_told_so()
    {
        ClusterSnapshot snapshot = Snapshots.Cluster(2, 1, 1, Snapshots.Service("web"));
        ResourceMetadata copied = snapshot.Cluster.Metadata with { Annotations = snapshot.Cluster.Metadata.Annotations.SetItem(CopySource.Annotation, "3b0f4c1e/cluster-c1") };
        await Stores.FillAsync(_store, snapshot with { Cluster = snapshot.Cluster with { Metadata = copied } });
        using FaultyStore counting = new(_store);
        await using (RunningController running = new(Stores.SelfManaged(counting)))
        {
            await Stores.TrueAsync(() => running.Controller.Status.Problem is not null);
            await running.AtRestAsync();
            Assert.Equal(
                "The resources in the namespace 'cluster-c1' are copies of those in the namespace 'cluster-c1' of an admin cluster (UID 3b0f4c1e): its controller works for this cluster, and this one does not.",
                running.Controller.Status.Problem);
            Assert.Empty(counting.Asked);
        }

        await using RunningController told = new(Stores.SelfManaged(_store), new() { WorksOnCopies = true });
        _ = await Routes(routes => routes.Count == 1);
    }

    private static LeaseResource Lease(string node) => new()
    {
        Metadata = Snapshots.Meta(LeaseNames.OfNode(node), "kube-system"),
        Holder = node,
        DurationSeconds = 15,
    };

    private static SecretResource Secret(string name) => new() { Metadata = Snapshots.Meta(name, "cluster-c1") };

    private Task<IReadOnlyList<BgpAdvertisedRouteResource>> Routes(Func<IReadOnlyList<BgpAdvertisedRouteResource>, bool> condition) => Stores.UntilAsync(_store, condition);

    private Task<IReadOnlyList<BgpSessionResource>> Sessions(Func<IReadOnlyList<BgpSessionResource>, bool> condition) => Stores.UntilAsync(_store, condition);

    private async Task<FloatingIPStatus> Placed(Func<FloatingIPStatus, bool> condition) =>
        (await Stores.UntilAsync<NetworkGatewayGroupResource>(_store, groups => groups is [{ Status: [{ } status] }] && condition(status)))[0].Status[0];
}
