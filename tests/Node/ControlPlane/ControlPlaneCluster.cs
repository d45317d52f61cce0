using System.Net;
using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Node.ControlPlane;
using BgpLoadBalancer.Node.Tests.Agent;

namespace BgpLoadBalancer.Node.Tests.ControlPlane;

/// <summary>Plans of three control-plane nodes; node 0 is the one that is looked at.</summary>
internal static class ControlPlaneCluster
{
    public const string Node = "node-0";
    public const string Vip = "10.9.0.8/32";

    /// <summary>R11: without a list of nodes, a peer of all.</summary>
    public static ControlPlanePeer Peer(int i, int port = 179, uint asn = AgentCluster.RouterAsn, params int[] nodes) =>
        new(AgentCluster.RouterAddress(i), asn, port, nodes.Length == 0 ? null : [.. nodes.Select(AgentCluster.NodeAddress)]);

    public static ClusterSnapshot Snapshot(params ControlPlanePeer[] peers)
    {
        ClusterSnapshot snapshot = AgentCluster.Snapshot(nodes: 3, floatingIPs: 1, peers: 1);
        return snapshot with { Cluster = snapshot.Cluster with { LoadBalancer = snapshot.Cluster.LoadBalancer with { BgpPeers = [.. peers] } } };
    }

    public static ClusterPlan Plan(params ControlPlanePeer[] peers) => Planner.Plan(Snapshot(peers));

    /// <summary>A plan in which the node is none of the control plane.</summary>
    public static ClusterPlan Without(params ControlPlanePeer[] peers)
    {
        ClusterSnapshot snapshot = Snapshot(peers);
        return Planner.Plan(snapshot with { Cluster = snapshot.Cluster with { ControlPlaneNodes = [AgentCluster.NodeAddress(1), AgentCluster.NodeAddress(2)] } });
    }

    /// <summary>A plan that knows no Node of that name, though its address is one of the control plane.</summary>
    public static ClusterPlan Unknown(params ControlPlanePeer[] peers)
    {
        ClusterSnapshot snapshot = Snapshot(peers);
        return Planner.Plan(snapshot with { Nodes = [.. snapshot.Nodes.Where(node => node.Metadata.Name != Node)] });
    }

    public static NodeControlPlane Of(ClusterPlan plan) => NodeControlPlane.Of(plan, Node);

    /// <summary>What a bgpadvertiser says of a session of the node.</summary>
    public static string Json(int peer, string state = "Established", string route = Vip, uint asn = AgentCluster.RouterAsn, IPAddress? local = null) =>
        $$"""
        {"name":"{{AgentCluster.RouterAddress(peer)}}","localASN":65001,"peerASN":{{asn}},"localIP":"{{local ?? AgentCluster.NodeAddress(0)}}","peerIP":"{{AgentCluster.RouterAddress(peer)}}",
         "state":"{{state}}","lastReportTime":"2026-01-01T00:00:00+00:00","advertisedRoutes":[{{(route.Length > 0 ? $"\"{route}\"" : "")}}],"lastError":null,
         "establishedTime":"2026-01-01T00:00:01+00:00","flaps":3,"addPath":[],"holdTime":90,"sent":{"open":1} }
        """;
}
