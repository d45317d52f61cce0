using BgpLoadBalancer.Bgp.Routes;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Planning.Network;

/// <summary>The next hops of each family: load-balancer nodes that are healthy and not excluded (R10, R16, R23).</summary>
internal static class NextHopPlanner
{
    public static NextHopSet Plan(IReadOnlyCollection<PlannedNode> nodes, bool isIPv6, NextHopSet? previous)
    {
        PlannedNode[] candidates = [.. nodes.Where(node => node.LoadBalancer && !node.Excluded && node.Address is { } address && NextHopAddress.IsUsable(address)).DistinctBy(node => node.Address)];
        // An IPv6 address that two nodes publish is one next hop: a route names each once.
        NextHop[] healthy = [.. candidates.Where(node => node.Healthy && (!isIPv6 || node.IPv6Address is not null)).Select(node => ToNextHop(node, isIPv6)).DistinctBy(hop => hop.Address)];
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

    private static NextHop ToNextHop(PlannedNode node, bool isIPv6) => new(node.Name, isIPv6 ? node.IPv6Address! : node.Address!, PathId(node));

    private static uint PathId(PlannedNode node) => (uint)AddressNumber.Of(node.Address!);
}
