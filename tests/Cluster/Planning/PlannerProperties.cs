using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Planning.Addresses;
using CsCheck;

namespace BgpLoadBalancer.Cluster.Tests.Planning;

/// <summary>What holds for every cluster and every sequence of changes (R8, R22; design, rule 5).</summary>
public sealed class PlannerProperties
{
    [Fact]
    public void The_order_of_the_objects_means_nothing() => Gen.Select(Scenario.Cluster, Gen.Int).Sample((snapshot, seed) =>
        Assert.Equal(PlanText.Render(Planner.Plan(snapshot)), PlanText.Render(Planner.Plan(Scenario.Shuffle(snapshot, seed)))), iter: 1_000);

    [Fact]
    public void The_incremental_plan_is_the_full_one() => Gen.Select(Scenario.Cluster, Scenario.Step.Array[1, 8], Gen.Int[1, 3]).Sample((snapshot, steps, batch) =>
    {
        ClusterPlan plan = Planner.Plan(snapshot);
        List<ChangedKey> keys = [];
        for (int i = 0; i < steps.Length; i++)
        {
            (snapshot, ChangedKey key) = steps[i](snapshot);
            keys.Add(key);
            if (keys.Count < batch && i < steps.Length - 1) continue;
            ClusterPlan incremental = Planner.Plan(snapshot, plan, keys);
            Assert.Equal(PlanText.Render(Planner.Plan(snapshot, plan)), PlanText.Render(incremental));
            plan = incremental;
            keys.Clear();
        }
    }, iter: 1_000);

    [Fact]
    public void Addresses_are_those_that_the_allocator_gives_to_all_services_at_once() => Gen.Select(Scenario.Cluster, Scenario.Step.Array[1, 10]).Sample((snapshot, steps) =>
    {
        ClusterPlan plan = Planner.Plan(snapshot);
        foreach (Func<ClusterSnapshot, Change> step in steps)
        {
            (snapshot, ChangedKey key) = step(snapshot);
            ClusterPlan before = plan;
            plan = Planner.Plan(snapshot, before, [key]);
            PlannedService[] ours = [.. plan.Services.Where(service => ServicePlanner.IsOurs(service.Input))];
            Assignment[] expected = new AddressAllocator(plan.Network.Addresses, ours.Length).Allocate(
                [.. ours.Select(service => service.Input)],
                [.. ours.Select(service => before.Services.FirstOrDefault(other => other.Name == service.Name && other.Namespace == service.Namespace)?.Assignment)]);
            Assert.Equal(expected, ours.Select(service => service.Assignment));
        }
    }, iter: 1_000);

    [Fact]
    public void Planning_again_changes_nothing() => Gen.Select(Scenario.Cluster, Scenario.Step).Sample((snapshot, step) =>
    {
        ClusterPlan before = Planner.Plan(snapshot);
        ClusterSnapshot changed = step(snapshot).Snapshot;
        ClusterPlan plan = Planner.Plan(changed, before);
        Assert.Equal(PlanText.Render(plan), PlanText.Render(Planner.Plan(changed, plan)));
    }, iter: 1_000);

    [Fact]
    public void No_address_is_given_twice() => Gen.Select(Scenario.Cluster, Scenario.Step.Array[0, 6]).Sample((snapshot, steps) =>
    {
        ClusterPlan plan = Planner.Plan(snapshot);
        foreach (Func<ClusterSnapshot, Change> step in steps)
        {
            snapshot = step(snapshot).Snapshot;
            plan = Planner.Plan(snapshot, plan);
            string[] addresses = [.. plan.Services.SelectMany(service => service.Addresses).Select(address => address.Address.ToString())];
            Assert.Equal(addresses.Distinct(), addresses);
            string ingress = snapshot.Cluster.LoadBalancer.IngressVip!.ToString();
            Assert.All(plan.Services.Where(service => service.Addresses.Any(address => address.Address.ToString() == ingress)), service => Assert.Equal("istio-ingress", service.Name));
            Assert.DoesNotContain(snapshot.Cluster.LoadBalancer.ControlPlaneVip!.ToString(), addresses);
        }
    }, iter: 1_000);

    [Fact]
    public void What_is_not_announced_says_why() => Scenario.Cluster.Sample(snapshot =>
    {
        ClusterPlan plan = Planner.Plan(snapshot);
        Assert.All(plan.Services, service => Assert.True(service.Announced || !service.Reasons.IsEmpty));
        Assert.All(plan.FloatingIPs, floating => Assert.Equal(floating.Node is null, floating.Reason is { Code: not PlanReasonCode.FloatingIPKept }));
        Assert.All(plan.Peers, peer => Assert.True((peer.Usable && peer.Shortfall == 0) || !peer.Reasons.IsEmpty));
    }, iter: 500);
}
