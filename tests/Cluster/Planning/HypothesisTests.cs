using System.Collections.Immutable;
using System.Net;
using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Planning.Hypotheses;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Tests.Planning;

public sealed class HypothesisTests
{
    private static readonly IPAddress s_shared = Snapshots.Peer(0).PeerIP;
    private static readonly ClusterSnapshot s_cluster = Snapshots.Cluster(3, 3, 2, Snapshots.Services(20)).With(spec => spec with { BgpPeers = [.. spec.BgpPeers, new(s_shared, 65002)] });

    [Fact]
    public void A_drained_node_is_no_next_hop_and_has_no_floating_IP()
    {
        ClusterPlan before = Planner.Plan(s_cluster);
        ClusterPlan after = Planner.Plan(s_cluster.DrainNode("NODE-001"), before);
        Assert.Contains(before.FloatingIPs, floating => floating.Node == "node-001");
        Assert.DoesNotContain(after.FloatingIPs, floating => floating.Node is null or "node-001");
        Assert.All(after.Routes, route => Assert.DoesNotContain(route.NextHops, hop => hop.Node == "node-001"));
        Assert.All(PlanDifference.Between(before, after).Where(step => step.Action == PlanStepAction.Move), step => Assert.Equal("node-001", step.From));
    }

    [Fact]
    public void A_drained_node_is_no_kept_next_hop_either()
    {
        ClusterSnapshot one = Snapshots.Cluster(1, 1, 1, Snapshots.Services(1));
        Assert.Empty(Planner.Plan(one.DrainNode("node-000"), Planner.Plan(one)).NextHopsIPv4.Nodes);
    }

    [Fact]
    public void A_peer_without_labels_gets_those_that_are_selected()
    {
        ImmutableSortedDictionary<string, string> selector = ImmutableSortedDictionary<string, string>.Empty.Add("plane", "data");
        ClusterSnapshot snapshot = s_cluster with { BgpPeers = [], BgpLoadBalancer = s_cluster.BgpLoadBalancer! with { PeerSelector = selector } };
        ClusterPlan plan = Planner.Plan(snapshot.AddPeer(Snapshots.Peer(5)));
        Assert.Equal("peer-5", Assert.Single(plan.Peers).Name);
        BgpPeerResource other = Snapshots.Peer(6) with { Metadata = Snapshots.Meta("peer-6") with { Labels = selector.SetItem("plane", "other") } };
        Refuses(() => snapshot.AddPeer(other), "'peer-6'", "plane=other", "plane=data");
    }

    [Fact]
    public void A_router_that_goes_goes_from_both_lists()
    {
        ClusterSnapshot without = s_cluster.RemovePeer(s_shared);
        Assert.DoesNotContain(without.BgpPeers, peer => peer.PeerIP.Equals(s_shared));
        Assert.DoesNotContain(without.Cluster.LoadBalancer.BgpPeers, peer => peer.Address.Equals(s_shared));
        ImmutableArray<PlanStep> steps = PlanDifference.Between(Planner.Plan(s_cluster), Planner.Plan(without));
        Assert.Equal(3, steps.Length);
        Assert.All(steps, step => Assert.Equal((PlanStepAction.Remove, PlanStepKind.Session), (step.Action, step.Kind)));
    }

    [Fact]
    public void A_control_plane_peer_that_comes_brings_its_sessions()
    {
        ClusterSnapshot with = s_cluster.AddPeer(new ControlPlanePeer(Snapshots.IP("10.0.1.253"), 65003, ControlPlaneNodes: [Snapshots.NodeAddress(0)]));
        PlanStep step = Assert.Single(PlanDifference.Between(Planner.Plan(s_cluster), Planner.Plan(with)));
        Assert.Equal((PlanStepAction.Add, "10.0.1.253-node-000-control-plane"), (step.Action, step.Name));
    }

    [Fact]
    public void A_floating_IP_comes_and_goes_with_its_status()
    {
        ClusterSnapshot group = s_cluster with { NetworkGatewayGroup = null };
        ClusterSnapshot first = group.AddFloatingIP(Snapshots.FloatingIP(7));
        Assert.Equal("cluster-c1", first.NetworkGatewayGroup!.Metadata.Namespace);
        Assert.NotNull(Assert.Single(Planner.Plan(first).FloatingIPs).Node);
        ClusterSnapshot held = first with { NetworkGatewayGroup = first.NetworkGatewayGroup with { Status = [new(Snapshots.FloatingIP(7), "node-000")] } };
        NetworkGatewayGroupResource left = held.RemoveFloatingIP(Snapshots.FloatingIP(7)).NetworkGatewayGroup!;
        Assert.Equal((0, 0), (left.FloatingIPs.Length, left.Status.Length));
    }

    [Fact]
    public void What_is_not_there_or_there_already_is_named()
    {
        Refuses(() => s_cluster.DrainNode("node-0001"), "'node-0001'", "did you mean 'node-00");
        Refuses(() => s_cluster.DrainNode("elsewhere"), "'elsewhere'", "node-000, node-001, node-002");
        Refuses(() => s_cluster.RemovePeer(Snapshots.IP("10.0.99.1")), "10.0.99.1", "10.0.1.254", "10.0.200.2");
        Refuses(() => s_cluster.RemoveFloatingIP(Snapshots.IP("10.0.1.99")), "10.0.1.99", "10.0.1.150");
        Refuses(() => (s_cluster with { NetworkGatewayGroup = null }).RemoveFloatingIP(Snapshots.IP("10.0.1.99")), "there are no floating IPs");
        Refuses(() => s_cluster.AddFloatingIP(Snapshots.FloatingIP(1)), "10.0.1.151", "already");
        Refuses(() => s_cluster.AddPeer(Snapshots.Peer(8) with { PeerIP = s_shared }), "'peer-0'", "10.0.200.1");
        Refuses(() => s_cluster.AddPeer(Snapshots.Peer(0) with { PeerIP = Snapshots.IP("10.0.200.77") }), "'peer-0'", "10.0.200.1");
        Refuses(() => s_cluster.AddPeer(new ControlPlanePeer(s_shared, 65002)), "10.0.200.1", "already");
        Refuses(() => s_cluster.AddPeer(new ControlPlanePeer(Snapshots.IP("10.0.1.1"), 65002, ControlPlaneNodes: [Snapshots.IP("10.0.9.9")])), "10.0.9.9", "10.0.1.10");
    }

    private static void Refuses(Func<ClusterSnapshot> change, params string[] parts)
    {
        string message = Assert.Throws<HypothesisException>(change).Message;
        Assert.All(parts, part => Assert.Contains(part, message, StringComparison.Ordinal));
    }
}
