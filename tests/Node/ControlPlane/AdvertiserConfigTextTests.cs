using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Node.ControlPlane;

namespace BgpLoadBalancer.Node.Tests.ControlPlane;

/// <summary>What of a plan gets into the file of a node's bgpadvertiser (R11, R12). That bgpadvertiser reads it so is tested with its own reader.</summary>
public sealed class AdvertiserConfigTextTests
{
    [Fact]
    public void The_nodes_peers_are_there_with_a_port_where_it_is_not_the_usual_one() => Assert.Equal(
        """
        # Written by the node agent of BgpLoadBalancer for node-0: what is changed by hand is undone.
        # The virtual IP is not in here, because it never changes: --advertise-ip 10.9.0.8
        localIP: 127.0.1.10
        localASN: 65001
        peers:
        - peerIP: 127.0.1.1
          peerASN: 65002
        - peerIP: 127.0.1.3
          peerASN: 4200000000
          peerPort: 1179

        """,
        Text(ControlPlaneCluster.Plan(ControlPlaneCluster.Peer(2, 1179, 4200000000), ControlPlaneCluster.Peer(1, nodes: [1, 2]), ControlPlaneCluster.Peer(0))));

    [Fact]
    public void Without_a_virtual_IP_none_is_named()
    {
        ClusterSnapshot snapshot = ControlPlaneCluster.Snapshot(ControlPlaneCluster.Peer(0));
        string text = Text(Planner.Plan(snapshot with { Cluster = snapshot.Cluster with { LoadBalancer = snapshot.Cluster.LoadBalancer with { ControlPlaneVip = null } } }));

        Assert.DoesNotContain("advertise-ip", text, StringComparison.Ordinal);
        Assert.Contains("\nlocalIP: 127.0.1.10\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_control_plane_node_without_a_Node_is_not_taken_for_the_Node_that_has_its_address_as_a_name()
    {
        ClusterSnapshot snapshot = ControlPlaneCluster.Snapshot(ControlPlaneCluster.Peer(0));
        ClusterPlan plan = Planner.Plan(snapshot with
        {
            Nodes = [snapshot.Nodes[1] with { Metadata = snapshot.Nodes[1].Metadata with { Name = "127.0.1.10" } }],
        });

        Assert.Equal(["127.0.1.11"], NodeControlPlane.Of(plan, "127.0.1.10").Sessions.Select(session => session.LocalAddress.ToString()));
        Assert.False(NodeControlPlane.Of(plan, "node-0").IsKnown);
    }

    private static string Text(ClusterPlan plan) => AdvertiserConfigText.Of(ControlPlaneCluster.Of(plan).Sessions);
}
