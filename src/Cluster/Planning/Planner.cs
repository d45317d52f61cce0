using System.Runtime.InteropServices;
using BgpLoadBalancer.Cluster.Planning.Addresses;
using BgpLoadBalancer.Cluster.Planning.Network;

namespace BgpLoadBalancer.Cluster.Planning;

/// <summary>
/// Turns a snapshot of the cluster into a plan: the same one for the same snapshot and plan before, whatever the order of the objects.
/// <para>What a change moves at most, given the plan before (or the status of Services and of the NetworkGatewayGroup):</para>
/// <list type="bullet">
/// <item>A load-balancer node comes, or goes (removed, excluded, not healthy): it is put into each route's order, or taken out; the order
/// of the others stays. So a route's first next hop changes only from or to that node, for about one VIP in n.</item>
/// <item>A node fails: the floating IPs that it held move, and no others. A node comes or recovers: none moves, and those that were on no
/// node find one.</item>
/// <item>No node of the whole cluster is healthy any more: nothing moves. That is a fault of the control plane, which must not withdraw
/// everything (R23), so a floating IP that is on a node stays there with <see cref="PlanReasonCode.FloatingIPKept"/>, its sessions with it, and
/// the last next hops stay. One that is on no node gets none. While any node is healthy R19 holds as it is: a floating IP whose own subnet
/// has no healthy node is on none.</item>
/// <item>A floating IP comes or goes: no other one moves. Each peer gains or loses at most one session for it, and one other takes or
/// gives up its place where <c>sessions</c> limits them; ranks after it shift by one.</item>
/// <item>A peer comes or goes: its own sessions, and nothing else.</item>
/// <item>An address pool comes: only services without an address get one. A service comes or goes: its own addresses and routes,
/// and services that had to wait for an address.</item>
/// </list>
/// </summary>
public static class Planner
{
    /// <summary>Above this, reading all services anew is less work.</summary>
    private const int MostPatched = 256;

    /// <param name="previous">The plan before this one, for what has to stay: null after a start, when status alone says it.</param>
    public static ClusterPlan Plan(ClusterSnapshot snapshot, ClusterPlan? previous = null)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return Plan(NetworkPlanner.Plan(snapshot, previous), ServiceInputs.Read(snapshot), previous);
    }

    /// <summary>
    /// The first plan of an agent or a controller, which goes on with what another process did. Where health alone leaves no next hop (R23), what was announced last is not known: then
    /// everything counts as having been well before, so that to start anew in the midst of a fault of the control plane withdraws nothing.
    /// </summary>
    public static ClusterPlan Resume(ClusterSnapshot snapshot)
    {
        ClusterPlan plan = Plan(snapshot);
        if (plan.Nodes.All(node => node.Healthy || !node.LoadBalancer) || (!plan.NextHopsIPv4.Nodes.IsEmpty && !plan.NextHopsIPv6.Nodes.IsEmpty)) return plan;
        ClusterSnapshot well = snapshot with
        {
            Nodes = [.. snapshot.Nodes.Select(node => node with { Ready = true })],
            NodesWithoutLease = [],
            WithdrawWithoutEndpoints = false,
            // Where floating IPs are, their status tells.
            PlacementIsGiven = true,
        };
        return Plan(snapshot, Plan(well));
    }

    /// <summary>Equal to <c>Plan(snapshot, previous)</c>, with only the work that the changes ask for.</summary>
    /// <param name="changedKeys">Everything that differs between <paramref name="snapshot"/> and the one that <paramref name="previous"/> was made of.</param>
    public static ClusterPlan Plan(ClusterSnapshot snapshot, ClusterPlan previous, IEnumerable<ChangedKey> changedKeys)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(previous);
        ArgumentNullException.ThrowIfNull(changedKeys);
        bool others = false;
        HashSet<ServiceOrder> services = [];
        foreach (ChangedKey key in changedKeys)
        {
            if (key.IsService) _ = services.Add(new(key.Namespace, key.Name));
            else others = true;
        }

        NetworkPlan network = others ? NetworkPlanner.Plan(snapshot, previous) : previous.Network;
        ServiceInput[] inputs = services.Count > MostPatched ? ServiceInputs.Read(snapshot) : ServiceInputs.Patch(snapshot, previous, services);
        return Plan(network, inputs, previous);
    }

    private static ClusterPlan Plan(NetworkPlan network, ServiceInput[] inputs, ClusterPlan? previous)
    {
        PlannedService?[] before = Before(inputs, previous);
        Assignment[] assignments = Assignments.Make(network, inputs, before, previous);
        bool networkIsAlike = previous is not null && ServicePlanner.IsAlike(network, previous.Network);
        PlannedService[] services = new PlannedService[inputs.Length];
        for (int i = 0; i < services.Length; i++) services[i] = ServicePlanner.Plan(inputs[i], assignments[i], network, before[i], networkIsAlike);
        return new(network, ImmutableCollectionsMarshal.AsImmutableArray(services));
    }

    // The same services in the plan before: both are in one order.
    private static PlannedService?[] Before(ServiceInput[] inputs, ClusterPlan? previous)
    {
        PlannedService?[] before = new PlannedService?[inputs.Length];
        if (previous is null) return before;
        int other = 0;
        for (int i = 0; i < inputs.Length; i++)
        {
            int order = -1;
            while (other < previous.Services.Length && (order = ServiceOrder.Of(previous.Services[other].Input).CompareTo(ServiceOrder.Of(inputs[i]))) < 0) other++;
            if (other < previous.Services.Length && order == 0) before[i] = previous.Services[other++];
        }

        return before;
    }
}
