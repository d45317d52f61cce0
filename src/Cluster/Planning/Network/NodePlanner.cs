using System.Collections.Immutable;
using System.Net;
using BgpLoadBalancer.Bgp.Routes;
using BgpLoadBalancer.Cluster.Planning.Addresses;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Planning.Network;

/// <summary>Which nodes there are, which of them are load-balancer nodes (R16), and whether they can take traffic (R23).</summary>
internal static class NodePlanner
{
    public static ImmutableArray<PlannedNode> Plan(ClusterSnapshot snapshot, AddressSpace addresses)
    {
        ClusterResource cluster = snapshot.Cluster;
        HashSet<IPAddress> controlPlane = [.. cluster.ControlPlaneNodes];
        HashSet<IPAddress> loadBalancer = [.. cluster.LoadBalancer.NodePool ?? cluster.ControlPlaneNodes];
        HashSet<IPAddress> missing = [.. controlPlane, .. loadBalancer];
        HashSet<IPAddress> floating = [.. snapshot.NetworkGatewayGroup?.FloatingIPs ?? []];
        bool ownPool = cluster.LoadBalancer.NodePool is not null;
        List<PlannedNode> nodes = [];
        foreach (NodeResource node in snapshot.Nodes.OrderBy(node => node.Metadata.Name, StringComparer.Ordinal))
        {
            IPAddress? listed = Own(node).FirstOrDefault(missing.Contains);
            if (listed is not null) _ = missing.Remove(listed);
            nodes.Add(Known(snapshot, node, listed, controlPlane, loadBalancer, floating, ownPool, addresses));
        }

        foreach (IPAddress address in missing)
        {
            bool isIPv6 = AddressNumber.IsIPv6(address);
            nodes.Add(new PlannedNode
            {
                Name = address.ToString(),
                Address = isIPv6 ? null : address,
                ControlPlane = controlPlane.Contains(address),
                LoadBalancer = loadBalancer.Contains(address),
                Reasons = [new(PlanReasonCode.NodeUnknown, $"No Node has the address {address}, which the Cluster lists as a node's.")],
            });
        }

        return [.. NextHopPlanner.Explain(nodes.OrderBy(node => node.Name, StringComparer.Ordinal), addresses.HasIPv6)];
    }

    private static PlannedNode Known(
        ClusterSnapshot snapshot,
        NodeResource node,
        IPAddress? listed,
        HashSet<IPAddress> controlPlane,
        HashSet<IPAddress> loadBalancer,
        HashSet<IPAddress> floating,
        bool ownPool,
        AddressSpace addresses)
    {
        string name = node.Metadata.Name;
        bool isLoadBalancer = Own(node).Any(loadBalancer.Contains);
        bool lease = !snapshot.NodesWithoutLease.Contains(name);
        bool excluded = node.Metadata.Labels.ContainsKey(NodeResource.ExcludeLabel);
        bool external = isLoadBalancer && node.Metadata.Labels.ContainsKey(NodeResource.ExcludeFromExternalLabel);
        IPAddress? ipv4 = listed is { } given && !AddressNumber.IsIPv6(given) ? given : Own(node).FirstOrDefault(address => !AddressNumber.IsIPv6(address));
        IPAddress? ipv6 = node.InterfaceAddresses.Select(prefix => prefix.Address).FirstOrDefault(address => IsGlobal(address) && !floating.Contains(address) && !addresses.Contains(AddressKey.Of(address)));
        ImmutableArray<PlanReason>.Builder reasons = ImmutableArray.CreateBuilder<PlanReason>();
        if (!node.Ready) reasons.Add(new(PlanReasonCode.NodeNotReady, $"Node {name} is not ready."));
        if (!lease) reasons.Add(new(PlanReasonCode.NodeLeaseExpired, $"The agent of node {name} has not renewed its Lease in time."));
        if (excluded) reasons.Add(new(PlanReasonCode.NodeExcluded, $"Node {name} has the label {NodeResource.ExcludeLabel}: it is no next hop."));
        if (external) reasons.Add(ownPool
            ? new(PlanReasonCode.NodeExcludedFromLoadBalancers, $"Node {name} has the label {NodeResource.ExcludeFromExternalLabel}: it is no next hop.")
            : new(PlanReasonCode.ExclusionIgnored, $"Node {name} has the label {NodeResource.ExcludeFromExternalLabel}, which does not count: without a nodePoolSpec the control-plane nodes are the load-balancer nodes."));
        if (isLoadBalancer && ipv4 is null) reasons.Add(new(PlanReasonCode.NodeWithoutIPv4, $"Node {name} has no IPv4 address, which a next hop needs for its path identifier."));
        if (isLoadBalancer && ipv6 is null && addresses.HasIPv6) reasons.Add(new(PlanReasonCode.NodeWithoutIPv6, $"Node {name} publishes no global IPv6 address: it is no next hop for IPv6."));
        return new PlannedNode
        {
            Name = name,
            Address = ipv4,
            IPv6Address = ipv6,
            ControlPlane = Own(node).Any(controlPlane.Contains),
            LoadBalancer = isLoadBalancer,
            Healthy = node.Ready && lease,
            Excluded = excluded || (external && ownPool),
            Subnets = [.. Subnets(node, floating).Distinct().OrderBy(Bgp.IPPrefix.From)],
            Reasons = reasons.ToImmutable(),
        };
    }

    private static IEnumerable<IPAddress> Own(NodeResource node) => node.InternalIPs.Concat(node.InterfaceAddresses.Select(prefix => prefix.Address));

    // A floating IP that the node holds, or a single address, is no subnet.
    private static IEnumerable<IPNetwork> Subnets(NodeResource node, HashSet<IPAddress> floating) =>
        from prefix in node.InterfaceAddresses
        where prefix.Length < (AddressNumber.IsIPv6(prefix.Address) ? 128 : 32) && !floating.Contains(prefix.Address)
        select Bgp.IPPrefix.From(prefix.Address, prefix.Length).ToIPNetwork();

    private static bool IsGlobal(IPAddress address) => AddressNumber.IsIPv6(address) && NextHopAddress.IsUsable(address) && !IPAddress.IsLoopback(address);
}
