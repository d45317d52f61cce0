using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Bgp.Routes;
using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Node.Agent.Routes;

namespace BgpLoadBalancer.Node.Tests.Agent;

/// <summary>What an agent announces of its plan (R8, R10), and how little it does for a change.</summary>
public sealed class RouteDifferenceTests
{
    private readonly SharedPathSets _paths = new();

    [Fact]
    public void Only_addresses_that_services_hold_are_announced_with_all_next_hops_in_their_order()
    {
        ClusterPlan plan = Planner.Plan(AgentCluster.Snapshot(3, 1, 1, AgentCluster.Service("held", "10.100.0.7"), AgentCluster.Service("new")));

        RouteChange change = Assert.Single(RouteDifference.Between(null, plan, _paths));

        Assert.Equal(IPPrefix.Parse("10.100.0.7/32"), change.Prefix);
        PlannedRoute route = plan.Routes.Single(route => route.Held);
        Assert.Equal(route.NextHops.Select(hop => new PathEntry(hop.Address, hop.PathId)), change.Paths!.Paths);
        Assert.Equal(3, change.Paths.Paths.Length);
    }

    [Fact]
    public void A_change_of_one_service_is_a_change_of_its_route_alone()
    {
        ClusterSnapshot snapshot = AgentCluster.Snapshot(3, 1, 1, AgentCluster.Service("a", "10.100.0.1"), AgentCluster.Service("b", "10.100.0.2"), AgentCluster.Service("c", "10.100.0.3"));
        ClusterPlan before = Planner.Plan(snapshot);
        ClusterPlan after = Planner.Plan(snapshot with { EndpointSlices = [.. snapshot.EndpointSlices.Select(slice => slice.ServiceName == "b" ? slice with { ReadyEndpoints = 0 } : slice)] }, before, [ChangedKey.Service("default", "b")]);

        Assert.Equal([RouteChange.Withdraw(IPPrefix.Parse("10.100.0.2/32"))], RouteDifference.Between(before, after, _paths));
        Assert.Equal([IPPrefix.Parse("10.100.0.2/32")], RouteDifference.Between(after, before, _paths).Select(change => change.Prefix));
        Assert.Empty(RouteDifference.Between(after, after, _paths));
    }

    [Fact]
    public void A_prefix_that_goes_from_one_service_to_another_stays_announced()
    {
        ClusterSnapshot snapshot = AgentCluster.Snapshot(2, 1, 1, AgentCluster.Service("a", "10.100.0.1"), AgentCluster.Service("b"));
        ClusterPlan before = Planner.Plan(snapshot);
        ClusterPlan after = Planner.Plan(snapshot with { Services = [AgentCluster.Service("b", "10.100.0.1")] });

        Assert.Equal([(false, "10.100.0.1/32"), (true, "10.100.0.1/32")], RouteDifference.Between(before, after, _paths).Select(change => (change.Paths is not null, change.Prefix.ToString())));
    }

    [Fact]
    public void Without_a_plan_everything_is_withdrawn()
    {
        ClusterPlan plan = Planner.Plan(AgentCluster.Snapshot(2, 1, 1, AgentCluster.Service("a", "10.100.0.1"), AgentCluster.Service("b")));

        Assert.Equal([RouteChange.Withdraw(IPPrefix.Parse("10.100.0.1/32"))], RouteDifference.Between(plan, null, _paths));
    }

    [Fact]
    public void Routes_of_the_same_next_hops_in_the_same_order_share_them()
    {
        ServiceResource[] services = [.. Enumerable.Range(0, 100).Select(i => AgentCluster.Service($"s{i}", $"10.100.0.{i + 1}"))];
        ClusterPlan plan = Planner.Plan(AgentCluster.Snapshot(3, 1, 1, services));

        List<RouteChange> changes = RouteDifference.Between(null, plan, _paths);

        Assert.Equal(100, changes.Count);
        // Three nodes have six orders.
        Assert.Equal(6, changes.Select(change => change.Paths).Distinct(ReferenceEqualityComparer.Instance).Count());
    }

    [Fact]
    public void An_unchanged_service_costs_no_memory()
    {
        ServiceResource[] services = [.. Enumerable.Range(0, 250).Select(i => AgentCluster.Service($"s{i}", $"10.100.0.{i + 1}"))];
        ClusterSnapshot snapshot = AgentCluster.Snapshot(3, 1, 1, services);
        ClusterPlan before = Planner.Plan(snapshot);
        ClusterPlan after = Planner.Plan(snapshot, before, [ChangedKey.Service("default", "s7")]);
        _ = RouteDifference.Between(before, after, _paths);

        long allocated = GC.GetAllocatedBytesForCurrentThread();
        _ = RouteDifference.Between(before, after, _paths);

        // The two lists, and nothing for each service.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, 500);
    }
}
