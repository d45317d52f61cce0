using System.Net;
using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Tests.Planning;

/// <summary>Each rule of R11–R37 that has a consequence in the plan, by a small example.</summary>
public sealed class RuleTests
{
    private static readonly ClusterSnapshot s_cluster = Snapshots.Cluster(3, 2, 2, Snapshots.Service("web"));

    [Fact]
    public void R8_R9_A_route_carries_every_load_balancer_node_with_its_own_identifier()
    {
        PlannedRoute route = Assert.Single(Planner.Plan(s_cluster).Routes);
        Assert.Equal("default-default-web", route.NameFor("default"));
        Assert.Equal([0x0A00010Au, 0x0A00010Bu, 0x0A00010Cu], route.ToPathSet().Paths.Select(path => path.PathId).Order());
    }

    [Fact]
    public void R10_IPv6_goes_to_IPv6_addresses_with_the_IPv4_identifier()
    {
        ClusterSnapshot snapshot = Snapshots.Cluster(2, 2, 2, Snapshots.Service("web") with { WantsIPv6 = true });
        snapshot = snapshot.WithNode(1, node => node with { InterfaceAddresses = [node.InterfaceAddresses[0], new(Snapshots.IP("fe80::1"), 64)] });
        ClusterPlan plan = Planner.Plan(snapshot);
        PlannedRoute route = plan.Routes.Single(route => route.Prefix.IsIPv6);
        Assert.Equal([new NextHop("node-000", Snapshots.IP("2001:db8::10"), 0x0A00010A)], route.NextHops);
        Assert.Contains(plan.Nodes[1].Reasons, reason => reason.Code == PlanReasonCode.NodeWithoutIPv6);
    }

    [Fact]
    public void R11_An_entry_with_controlPlaneNodes_is_for_those_only()
    {
        ClusterSnapshot snapshot = s_cluster with { Cluster = s_cluster.Cluster with { ControlPlaneNodes = [Snapshots.NodeAddress(0), Snapshots.NodeAddress(1)] } };
        snapshot = snapshot.With(spec => spec with { BgpPeers = [new(Snapshots.IP("10.0.1.254"), 65002, ControlPlaneNodes: [Snapshots.NodeAddress(1)])] });
        ClusterPlan plan = Planner.Plan(snapshot);
        Assert.Equal("10.0.1.254-node-001-control-plane", Assert.Single(plan.ControlPlaneSessions).Name);
        Assert.Contains(plan.Reasons, reason => reason.Code == PlanReasonCode.NoControlPlanePeer && reason.Message.Contains("node-000", StringComparison.Ordinal));
    }

    [Fact]
    public void R17_A_selector_that_matches_nothing_never_falls_back()
    {
        ClusterSnapshot snapshot = s_cluster with { BgpLoadBalancer = s_cluster.BgpLoadBalancer! with { PeerSelector = s_cluster.BgpLoadBalancer.PeerSelector.Add("peer", "none") } };
        ClusterPlan plan = Planner.Plan(snapshot);
        Assert.Empty(plan.ServiceSessions);
        Assert.Equal(PlanReasonCode.NoPeerSelected, Assert.Single(plan.Services[0].Reasons).Code);
    }

    [Fact]
    public void R17_Without_BGPPeers_the_control_plane_peers_serve_from_every_floating_IP()
    {
        ClusterPlan plan = Planner.Plan(s_cluster with { BgpPeers = [] });
        Assert.Equal(2, plan.ServiceSessions.Count(session => session.Peer.Address.Equals(Snapshots.IP("10.0.1.254"))));
    }

    [Fact]
    public void R18_More_sessions_than_floating_IPs_are_short()
    {
        PlannedPeer peer = Assert.Single(Planner.Plan(s_cluster with { BgpPeers = [Snapshots.Peer(0, sessions: 5)] }).Peers);
        Assert.Equal((3, PlanReasonCode.TooFewFloatingIPs), (peer.Shortfall, Assert.Single(peer.Reasons).Code));
    }

    [Fact]
    public void R19_A_floating_IP_stays_where_its_status_says_while_that_node_is_healthy()
    {
        foreach (string node in (string[])["node-000", "node-001", "node-002"])
        {
            ClusterSnapshot snapshot = s_cluster with { NetworkGatewayGroup = s_cluster.NetworkGatewayGroup! with { Status = [new(Snapshots.FloatingIP(0), node)] } };
            Assert.Equal(node, Planner.Plan(snapshot).FloatingIPs[0].Node);
            Assert.NotEqual(node, Planner.Plan(snapshot with { NodesWithoutLease = [node] }).FloatingIPs[0].Node);
        }
    }

    [Theory]
    [InlineData("172.16.0.1", PlanReasonCode.InNoNodeSubnet)]
    [InlineData("2001:db8::99", PlanReasonCode.FloatingIPIsIPv6)]
    public void R19_A_floating_IP_that_no_node_can_hold_says_why(string address, PlanReasonCode code) =>
        Assert.Equal(code, Planner.Plan(s_cluster.WithFloatingIPs(IPAddress.Parse(address))).FloatingIPs[0].Reason?.Code);

    [Fact]
    public void R22_The_ingress_VIP_is_for_the_ingress_service_alone()
    {
        ServiceResource ingress = Snapshots.Service("istio-ingress", "gke-system");
        ServiceResource thief = Snapshots.Service("a") with { Addresses = [Snapshots.IP("10.100.0.0")] };
        ClusterPlan plan = Planner.Plan(Snapshots.Cluster(1, 1, 1, thief, ingress).With(spec => spec with { IngressVip = Snapshots.IP("10.100.0.0") }));
        Assert.Equal("10.100.0.1", plan.Services[0].Addresses[0].Address.ToString());
        Assert.Equal("10.100.0.0", plan.Services[1].Addresses[0].Address.ToString());
    }

    [Fact]
    public void R23_The_last_next_hops_stay_when_no_node_is_healthy_but_not_when_all_are_excluded()
    {
        // A worker outside the pool is healthy and holds the floating IPs: without any, there would be no session.
        NodeResource worker = Snapshots.Node(9);
        ClusterPlan before = Planner.Plan(s_cluster with { Nodes = s_cluster.Nodes.Add(worker) });
        ClusterSnapshot down = s_cluster with { Nodes = [.. s_cluster.Nodes.Select(node => node with { Ready = false }), worker] };
        ClusterPlan after = Planner.Plan(down, before);
        Assert.True(after.NextHopsIPv4.Kept);
        Assert.Equal(before.Routes.Single().NextHops, after.Routes.Single().NextHops);
        ClusterSnapshot excluded = s_cluster with { Nodes = [.. s_cluster.Nodes.Select(node => node with { Metadata = node.Metadata with { Labels = node.Metadata.Labels.Add(NodeResource.ExcludeFromExternalLabel, "") } })] };
        Assert.Empty(Planner.Plan(excluded, before).Routes);
        ClusterPlan ignored = Planner.Plan(excluded.With(spec => spec with { NodePool = null }), before);
        Assert.Equal("node-000", Assert.Single(Assert.Single(ignored.Routes).NextHops).Node);
    }

    [Fact]
    public void R23_Who_starts_anew_while_no_node_is_healthy_goes_on_with_what_was_announced_before()
    {
        NetworkGatewayGroupResource group = s_cluster.NetworkGatewayGroup!;
        ClusterSnapshot agents = s_cluster with { PlacementIsGiven = true, NetworkGatewayGroup = group with { Status = [.. group.FloatingIPs.Select(ip => new FloatingIPStatus(ip, "node-000"))] } };
        ClusterSnapshot down = agents with { Nodes = [.. agents.Nodes.Select(node => node with { Ready = false })], NodesWithoutLease = ["node-000"], EndpointSlices = [] };
        Assert.Empty(Planner.Plan(down).Routes);
        ClusterPlan resumed = Planner.Resume(down);
        Assert.Equal(Planner.Plan(agents).Routes.Single().NextHops, resumed.Routes.Single().NextHops);
        Assert.Contains(resumed.Reasons, reason => reason.Code == PlanReasonCode.NextHopsKept);
        Assert.Equal(PlanReasonCode.EndpointsNotCounted, Assert.Single(Assert.Single(resumed.Services).Reasons).Code);

        // As soon as a node is well, everything is as it is seen.
        ClusterSnapshot one = down with { Nodes = [.. down.Nodes[..^1], agents.Nodes[^1]], EndpointSlices = agents.EndpointSlices, NodesWithoutLease = [] };
        Assert.Equal(agents.Nodes[^1].Metadata.Name, Assert.Single(Planner.Resume(one).Routes.Single().NextHops).Node);
        Assert.Empty(Planner.Resume(one with { EndpointSlices = [] }).Routes);
        Assert.Equal(PlanText.Render(Planner.Plan(agents)), PlanText.Render(Planner.Resume(agents)));
    }

    // Reading a manifest refuses these already; a store may hold them all the same.
    [Fact]
    public void R4_R9_Addresses_of_the_wrong_family_are_named()
    {
        ClusterSnapshot snapshot = (s_cluster with { BgpPeers = [Snapshots.Peer(0) with { PeerIP = Snapshots.IP("2001:db8::1") }] }).With(spec => spec with { ControlPlaneVip = Snapshots.IP("2001:db8::8") });
        ClusterPlan plan = Planner.Plan(snapshot);
        Assert.Equal(PlanReasonCode.PeerIsIPv6, Assert.Single(plan.Peers[0].Reasons).Code);
        Assert.Contains(plan.Reasons, reason => reason.Code == PlanReasonCode.ControlPlaneVipIsIPv6);
        Assert.Null(Assert.Single(plan.ControlPlaneSessions).Vip);
        NodeResource without = Snapshots.Node(0) with { InternalIPs = [Snapshots.IP("2001:db8::10")], InterfaceAddresses = [new(Snapshots.IP("2001:db8::10"), 64)] };
        ClusterSnapshot six = (s_cluster with { Nodes = [without] }).With(spec => spec with { NodePool = [Snapshots.IP("2001:db8::10")] });
        Assert.Contains(Planner.Plan(six).Nodes.Single(node => node.Name == "node-000").Reasons, reason => reason.Code == PlanReasonCode.NodeWithoutIPv4);
        Assert.Empty(Planner.Plan(six).NextHopsIPv6.Nodes);
    }

    [Fact]
    public void R21_R23_R37_What_is_not_announced_says_so()
    {
        Assert.Equal(PlanReasonCode.LocalTrafficPolicy, Why(s_cluster with { Services = [Snapshots.Service("web") with { ExternalTrafficPolicy = ExternalTrafficPolicy.Local }] }));
        Assert.Equal(PlanReasonCode.NoReadyEndpoint, Why(s_cluster with { EndpointSlices = [] }));
        Assert.Equal(PlanReasonCode.NoFloatingIP, Why(s_cluster with { NetworkGatewayGroup = null }));
        Assert.Equal(PlanReasonCode.AdminCluster, Why(s_cluster with { Cluster = s_cluster.Cluster with { Type = ClusterType.Admin } }));
        Assert.Equal(PlanReasonCode.NotBgp, Why(s_cluster.With(spec => spec with { Type = LoadBalancerType.Layer2 })));
        Assert.Equal(PlanReasonCode.NoPoolOfFamily, Why(s_cluster.With(spec => spec with { AddressPools = [] })));
        Assert.True(Planner.Plan(s_cluster with { EndpointSlices = [], WithdrawWithoutEndpoints = false }).Services[0].Announced);
    }

    private static PlanReasonCode Why(ClusterSnapshot snapshot)
    {
        PlannedService service = Assert.Single(Planner.Plan(snapshot).Services);
        Assert.False(service.Announced);
        return Assert.Single(service.Reasons).Code;
    }
}
