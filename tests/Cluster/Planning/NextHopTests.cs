using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Tests.Planning;

/// <summary>Whatever Nodes say of themselves, a route can be made of the next hops (R10).</summary>
public sealed class NextHopTests
{
    [Fact]
    public void An_IPv6_address_that_two_nodes_publish_is_one_next_hop()
    {
        ClusterSnapshot snapshot = Snapshots.Cluster(3, 1, 1, Snapshots.Service("web") with { WantsIPv6 = true });
        InterfacePrefix shared = snapshot.Nodes[0].InterfaceAddresses[1];
        ClusterPlan plan = Planner.Plan(snapshot with { Nodes = [.. snapshot.Nodes.Take(2).Select(node => node with { InterfaceAddresses = [node.InterfaceAddresses[0], shared] }), snapshot.Nodes[2]] });

        Assert.Equal(2, plan.NextHopsIPv6.Nodes.Length);
        Assert.Equal(3, plan.NextHopsIPv4.Nodes.Length);
        Assert.All(plan.Routes, route => Assert.NotEmpty(route.ToPathSet().Paths));
    }

    [Fact]
    public void An_address_that_no_host_can_have_is_no_next_hop()
    {
        ClusterSnapshot snapshot = Snapshots.Cluster(2, 1, 1, Snapshots.Service("web"));
        NodeResource broken = Snapshots.Node(5) with { InternalIPs = [Snapshots.IP("224.0.0.5")], InterfaceAddresses = [] };
        LoadBalancerSpec spec = snapshot.Cluster.LoadBalancer;
        ClusterPlan plan = Planner.Plan(snapshot with { Nodes = [.. snapshot.Nodes, broken], Cluster = snapshot.Cluster with { LoadBalancer = spec with { NodePool = [.. spec.NodePool!.Value, Snapshots.IP("224.0.0.5")] } } });

        Assert.Equal(["node-000", "node-001"], plan.NextHopsIPv4.Nodes.Select(hop => hop.Node));
        Assert.All(plan.Routes, route => Assert.NotEmpty(route.ToPathSet().Paths));
    }
}
