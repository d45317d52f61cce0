using System.Net;
using BgpLoadBalancer.Bgp.Routes;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Planning.Network;

/// <summary>The next hops of each family: load-balancer nodes that are healthy and not excluded (R10, R16, R23).</summary>
internal static class NextHopPlanner
{
    public static NextHopSet Plan(IReadOnlyCollection<PlannedNode> nodes, bool isIPv6, NextHopSet? previous)
    {
        PlannedNode[] candidates = [.. nodes.Where(IsCandidate)];
        // An address that two nodes have is one next hop, the first one's: a route names each once. A node that is gone may have left its Node object, so health comes first.
        NextHop[] healthy = [.. candidates.Where(node => node.Healthy).DistinctBy(node => node.Address).Where(node => !isIPv6 || node.IPv6Address is not null).Select(node => ToNextHop(node, isIPv6)).DistinctBy(hop => hop.Address)];
        NextHopSet set = new(isIPv6, healthy);
        if (healthy.Length == 0 && previous is not null)
        {
            // Only health took them away: those of the last set that are still load-balancer nodes, and not excluded, stay.
            HashSet<uint> allowed = [.. candidates.Where(node => !node.Healthy).Select(PathId)];
            NextHop[] kept = [.. previous.Nodes.Where(hop => allowed.Contains(hop.PathId))];
            if (kept.Length > 0) set = new(isIPv6, kept, kept: true);
        }

        // The same object while it says the same, so that rankings made with it are kept.
        return previous is not null && set.SameAs(previous) ? previous : set;
    }

    /// <summary>Says of healthy nodes that are no next hops because another one has their address.</summary>
    /// <param name="nodes">In the order of their names, as in a plan.</param>
    /// <param name="withIPv6">IPv6 is of interest.</param>
    public static IEnumerable<PlannedNode> Explain(IEnumerable<PlannedNode> nodes, bool withIPv6)
    {
        Dictionary<IPAddress, string> first = [];
        foreach (PlannedNode node in nodes)
        {
            IPAddress? shared = null;
            if (IsCandidate(node) && node.Healthy)
            {
                if (!first.TryAdd(node.Address!, node.Name)) shared = node.Address;
                else if (withIPv6 && node.IPv6Address is { } ipv6 && !first.TryAdd(ipv6, node.Name)) shared = ipv6;
            }

            yield return shared is null ? node : node with { Reasons = node.Reasons.Add(new(PlanReasonCode.NodeAddressShared, $"Node {node.Name} has the address {shared}, as node {first[shared]} has: only {first[shared]} is a next hop with it.")) };
        }
    }

    private static bool IsCandidate(PlannedNode node) => node.LoadBalancer && !node.Excluded && node.Address is { } address && NextHopAddress.IsUsable(address);

    private static NextHop ToNextHop(PlannedNode node, bool isIPv6) => new(node.Name, isIPv6 ? node.IPv6Address! : node.Address!, PathId(node));

    private static uint PathId(PlannedNode node) => (uint)AddressNumber.Of(node.Address!);
}
