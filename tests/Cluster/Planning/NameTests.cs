using System.Collections.Immutable;
using System.Text.RegularExpressions;
using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Planning.Names;
using BgpLoadBalancer.Cluster.Resources;
using CsCheck;

namespace BgpLoadBalancer.Cluster.Tests.Planning;

/// <summary>R32: names of BGPSessions and BGPAdvertisedRoutes when they clash.</summary>
public sealed partial class NameTests
{
    [Fact]
    public void Two_floating_IPs_on_one_node_share_a_peer_and_not_a_name()
    {
        ObjectNames<SessionIdentity, BgpSessionResource> names = PlannedNames.OfSessions(Planner.Plan(Snapshots.Cluster(1, 2, 1)), []);
        SessionIdentity first = new(Snapshots.IP("10.0.200.1"), Snapshots.FloatingIP(0), "node-000", IsControlPlane: false);
        // The hash is part of what is stored in clusters: it stays.
        Assert.Equal("10.0.200.1-node-000", names.Names[first]);
        Assert.Equal("10.0.200.1-node-000-b8844313", names.Names[first with { Local = Snapshots.FloatingIP(1) }]);
        Assert.Equal("10.0.1.254-node-000-control-plane", names.Names[new(Snapshots.IP("10.0.1.254"), Snapshots.NodeAddress(0), "node-000", IsControlPlane: true)]);
    }

    [Fact]
    public void A_session_keeps_its_name_when_the_first_one_goes_and_gets_another_when_its_floating_IP_moves()
    {
        ClusterSnapshot snapshot = Snapshots.Cluster(2, 2, 1);
        ClusterPlan before = Planner.Plan(snapshot);
        ImmutableArray<BgpSessionResource> stored = Store(before, []);
        // Both floating IPs on one node now.
        ClusterPlan moved = Planner.Plan(snapshot with { NodesWithoutLease = ["node-000"] }, before);
        Assert.Single(moved.ServiceSessions.Select(session => session.Node).Distinct());
        ObjectNames<SessionIdentity, BgpSessionResource> renamed = PlannedNames.OfSessions(moved, stored);
        Assert.All(moved.ServiceSessions, session => Assert.StartsWith($"10.0.200.1-{session.Node}", renamed.Names[SessionIdentity.Of(session)], StringComparison.Ordinal));
        Assert.Equal(["10.0.200.1-node-000"], renamed.Surplus.Select(session => session.Metadata.Name));
        ImmutableArray<BgpSessionResource> clashed = Store(Planner.Plan(Snapshots.Cluster(1, 2, 1)), []);
        ClusterPlan second = Planner.Plan(Snapshots.Cluster(1, 2, 1).WithFloatingIPs(Snapshots.FloatingIP(1)));
        ObjectNames<SessionIdentity, BgpSessionResource> names = PlannedNames.OfSessions(second, clashed);
        Assert.Contains("10.0.200.1-node-000-b8844313", names.Names.Values);
        Assert.Equal("10.0.200.1-node-000", Assert.Single(names.Surplus).Metadata.Name);
    }

    [Fact]
    public void A_name_that_becomes_free_is_given_to_the_one_that_comes()
    {
        ImmutableArray<BgpSessionResource> stored = Store(Planner.Plan(Snapshots.Cluster(1, 1, 1)), []);
        ClusterPlan replaced = Planner.Plan(Snapshots.Cluster(1, 1, 1).WithFloatingIPs(Snapshots.FloatingIP(5)));
        ObjectNames<SessionIdentity, BgpSessionResource> names = PlannedNames.OfSessions(replaced, stored);
        Assert.Equal("10.0.200.1-node-000", names.Names[new(Snapshots.IP("10.0.200.1"), Snapshots.FloatingIP(5), "node-000", IsControlPlane: false)]);
        Assert.Equal("10.0.200.1-node-000", Assert.Single(names.Surplus).Metadata.Name);
    }

    [Fact]
    public void A_node_called_like_the_suffix_clashes_with_nobody()
    {
        NodeResource[] nodes = [.. new[] { "cp", "cp-control-plane" }.Select((name, i) => Snapshots.Node(i) with { Metadata = Snapshots.Meta(name) })];
        ClusterSnapshot snapshot = (Snapshots.Cluster(2, 1, 0) with { Nodes = [.. nodes], BgpPeers = [] }).With(spec => spec with { NodePool = [Snapshots.NodeAddress(1)] });
        snapshot = snapshot with { NetworkGatewayGroup = snapshot.NetworkGatewayGroup! with { Status = [new(Snapshots.FloatingIP(0), "cp-control-plane")] } };
        ClusterPlan plan = Planner.Plan(snapshot);
        Assert.Equal(plan.ControlPlaneSessions.Single().Name, plan.ServiceSessions.Single().Name);
        Assert.Equal(2, PlannedNames.OfSessions(plan, []).Names.Values.Distinct().Count());
    }

    [Fact]
    public void Routes_of_different_services_may_want_one_name()
    {
        ServiceResource[] services = [Snapshots.Service("c", "a-b"), Snapshots.Service("b-c", "a"), Snapshots.Service("web-ipv6", "a"), Snapshots.Service("web", "a") with { WantsIPv6 = true }];
        ClusterPlan plan = Planner.Plan(Snapshots.Cluster(1, 1, 1, services));
        IReadOnlyDictionary<RouteIdentity, string> names = PlannedNames.OfRoutes(plan, []).Names;
        Assert.Equal("default-a-b-c", names[new("a", "b-c", false)]);
        Assert.Matches("^default-a-b-c-[0-9a-f]{8}$", names[new("a-b", "c", false)]);
        Assert.Equal("default-a-web", names[new("a", "web", false)]);
        Assert.Equal("default-a-web-ipv6", names[new("a", "web", true)]);
        Assert.Matches("^default-a-web-ipv6-[0-9a-f]{8}$", names[new("a", "web-ipv6", false)]);
        BgpAdvertisedRouteResource first = Route("default-a-b-c", "a-b", "c", "1");
        IReadOnlyDictionary<RouteIdentity, string> later = PlannedNames.OfRoutes(plan, [first]).Names;
        Assert.Equal("default-a-b-c", later[new("a-b", "c", false)]);
        Assert.Matches("^default-a-b-c-[0-9a-f]{8}$", later[new("a", "b-c", false)]);
    }

    [Fact]
    public void Of_two_objects_with_one_identity_the_later_one_by_UID_is_surplus()
    {
        ClusterPlan plan = Planner.Plan(Snapshots.Cluster(1, 1, 1, Snapshots.Service("web")));
        BgpAdvertisedRouteResource[] stored = [Route("second", "default", "web", "b"), Route("unknown", "default", "web", null), Route("first", "default", "web", "a")];
        ObjectNames<RouteIdentity, BgpAdvertisedRouteResource> names = PlannedNames.OfRoutes(plan, stored);
        Assert.Equal("first", Assert.Single(names.Names).Value);
        Assert.Equal(["second", "unknown"], names.Surplus.Select(route => route.Metadata.Name));
    }

    [Fact]
    public void A_name_that_somebody_has_with_the_hash_is_not_given_twice()
    {
        ClusterPlan plan = Planner.Plan(Snapshots.Cluster(1, 2, 1));
        BgpSessionResource thief = Session(plan.ServiceSessions[0], "10.0.200.1-node-000");
        SessionIdentity other = SessionIdentity.Of(plan.ServiceSessions[1]);
        string hashed = PlannedNames.OfSessions(plan, [thief]).Names[other];
        ControlPlaneSession control = plan.ControlPlaneSessions.Single();
        BgpSessionResource second = new() { Metadata = Snapshots.Meta(hashed), LocalIP = control.LocalAddress, NodeName = control.Node, PeerIP = control.PeerAddress };
        string again = PlannedNames.OfSessions(plan, [thief, second]).Names[other];
        Assert.NotEqual(hashed, again);
        Assert.Matches("^10.0.200.1-node-000-[0-9a-f]{8}$", again);
    }

    [Fact]
    public void A_name_is_never_longer_than_an_API_server_takes()
    {
        string longName = string.Join('.', Enumerable.Repeat(new string('n', 60), 4));
        ClusterSnapshot snapshot = Snapshots.Cluster(1, 1, 1).WithNode(0, node => node with { Metadata = Snapshots.Meta(longName) });
        string name = PlannedNames.OfSessions(Planner.Plan(snapshot), []).Names.Values.Single(name => name.StartsWith("10.0.200.1-", StringComparison.Ordinal));
        Assert.InRange(name.Length, 200, 253);
        Assert.Matches("n-[0-9a-f]{8}$", name);
    }

    [Fact]
    public void Names_are_unique_and_stay_whatever_happens_in_whatever_order() => Gen.Select(Scenario.Cluster, Scenario.Step.Array[1, 6], Gen.Int).Sample((snapshot, steps, seed) =>
    {
        ClusterPlan plan = Planner.Plan(snapshot);
        ImmutableArray<BgpSessionResource> stored = [];
        foreach (Func<ClusterSnapshot, Change> step in steps)
        {
            ObjectNames<SessionIdentity, BgpSessionResource> names = PlannedNames.OfSessions(plan, stored);
            Assert.Equal(names.Names.Count, names.Names.Values.Distinct().Count());
            Assert.Equal(plan.ServiceSessions.Length + plan.ControlPlaneSessions.Length, names.Names.Count);
            Assert.All(names.Names.Values, name => Assert.Matches(Dns(), name));
            BgpSessionResource[] mixed = [.. stored];
            new Random(seed).Shuffle(mixed);
            Assert.Equal(names.Names, PlannedNames.OfSessions(plan, mixed).Names);
            Assert.All(stored.Except(names.Surplus), session => Assert.Equal(session.Metadata.Name, names.Names[SessionIdentity.Of(session)]));
            stored = Store(plan, stored);
            Assert.Equal(names.Names, PlannedNames.OfSessions(plan, stored).Names);
            snapshot = step(snapshot).Snapshot;
            plan = Planner.Plan(snapshot, plan);
        }
    }, iter: 500);

    // What a controller makes of it: surplus deleted, the missing created.
    private static ImmutableArray<BgpSessionResource> Store(ClusterPlan plan, ImmutableArray<BgpSessionResource> stored)
    {
        ObjectNames<SessionIdentity, BgpSessionResource> names = PlannedNames.OfSessions(plan, stored);
        return
        [
            .. plan.ServiceSessions.Select(session => names.Kept.GetValueOrDefault(SessionIdentity.Of(session)) ?? Session(session, names.Names[SessionIdentity.Of(session)])),
            .. names.Kept.Values.Where(session => session.FloatingIP is null),
        ];
    }

    private static BgpSessionResource Session(ServiceSession session, string name) => new()
    {
        Metadata = Snapshots.Meta(name, "kube-system") with { Uid = $"uid-of-{name}" },
        FloatingIP = session.FloatingIP,
        LocalIP = session.FloatingIP,
        NodeName = session.Node,
        PeerIP = session.Peer.Address,
    };

    private static BgpAdvertisedRouteResource Route(string name, string space, string service, string? uid) => new()
    {
        Metadata = Snapshots.Meta(name, "kube-system") with { Uid = uid },
        ServiceNamespace = space,
        ServiceName = service,
        Prefix = System.Net.IPNetwork.Parse("10.100.0.0/32"),
    };

    [GeneratedRegex("^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$")]
    private static partial Regex Dns();
}
