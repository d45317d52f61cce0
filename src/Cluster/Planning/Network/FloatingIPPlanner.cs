using System.Collections.Immutable;
using System.Net;
using BgpLoadBalancer.Cluster.Planning.Addresses;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Planning.Network;

/// <summary>Places each floating IP on one healthy node of its subnet, where it is already if that will do (R19, R20).</summary>
internal static class FloatingIPPlanner
{
    public static ImmutableArray<PlannedFloatingIP> Plan(ClusterSnapshot snapshot, IReadOnlyCollection<PlannedNode> nodes, ClusterPlan? previous)
    {
        if (snapshot.NetworkGatewayGroup is not { } group) return [];
        AddressKey[] addresses = [.. group.FloatingIPs.Select(AddressKey.Of).Distinct().Order()];
        if (snapshot.PlacementIsGiven) return [.. addresses.Select(address => Given(address, group))];
        // Where R19 and R23 meet: that no node at all is healthy tells of a fault of the control plane, which must not take sessions down.
        bool stayUnhealthy = !nodes.Any(node => node.Healthy);
        SortedDictionary<AddressKey, string> placed = [];
        HashSet<AddressKey> placedBefore = [];
        Dictionary<string, int> load = [];
        foreach (AddressKey address in addresses)
        {
            string[] holders = Holders(address, group, previous);
            if (holders.Length > 0) _ = placedBefore.Add(address);
            if (Stays(address, holders, nodes, stayUnhealthy) is not { } node) continue;
            placed[address] = node;
            load[node] = load.GetValueOrDefault(node) + 1;
        }

        return [.. addresses.Select(address =>
            placed.TryGetValue(address, out string? node) ? Stay(address.ToAddress(), node, stayUnhealthy)
            : placedBefore.Contains(address) || address.IsIPv6 || snapshot.NodesAwaited.IsEmpty ? Place(address, nodes, load)
            : Wait(address.ToAddress(), snapshot.NodesAwaited))];
    }

    private static PlannedFloatingIP Given(AddressKey address, NetworkGatewayGroupResource group)
    {
        IPAddress ip = address.ToAddress();
        if (address.IsIPv6) return new(ip, null, IsIPv6(ip));
        FloatingIPStatus? status = group.Status.FirstOrDefault(status => AddressKey.Of(status.Address) == address);
        return status switch
        {
            null => new(ip, null, new(PlanReasonCode.FloatingIPNotPlaced, $"The controller has not yet said on which node floating IP {ip} is to be (status of NetworkGatewayGroup {group.Metadata.Name}).")),
            { Node: { Length: > 0 } node } => new(ip, node),
            { Reason: { Length: > 0 } reason } => new(ip, null, new(PlanReasonCode.FloatingIPNotPlaced, $"The controller has put floating IP {ip} on no node: {reason}")),
            _ => new(ip, null, new(PlanReasonCode.FloatingIPNotPlaced, $"The controller has put floating IP {ip} on no node, and gives no reason (status of NetworkGatewayGroup {group.Metadata.Name}).")),
        };
    }

    // Where it was last, at best first.
    private static string[] Holders(AddressKey address, NetworkGatewayGroupResource group, ClusterPlan? previous)
    {
        IPAddress ip = address.ToAddress();
        string?[] holders =
        [
            group.Status.FirstOrDefault(status => status.Address.Equals(ip))?.Node,
            previous?.FloatingIPs.FirstOrDefault(placed => placed.Address.Equals(ip))?.Node,
        ];
        return [.. holders.OfType<string>()];
    }

    private static string? Stays(AddressKey address, string[] holders, IReadOnlyCollection<PlannedNode> nodes, bool stayUnhealthy)
    {
        IPAddress ip = address.ToAddress();
        return holders.FirstOrDefault(name => nodes.Any(node => node.Name == name && CanHold(node, address, ip, stayUnhealthy)));
    }

    private static PlannedFloatingIP Wait(IPAddress ip, IEnumerable<string> nodes) => new(ip, null, new(
        PlanReasonCode.NodeSubnetsUnknown,
        $"Floating IP {ip} is put on no node yet, for it would stay there: the subnets of {string.Join(", ", nodes.Order(StringComparer.Ordinal))} are not known yet (annotation {NodeResource.AddressesAnnotation})."));

    private static PlannedFloatingIP Stay(IPAddress ip, string node, bool unhealthy) =>
        new(ip, node, unhealthy ? new(PlanReasonCode.FloatingIPKept, $"No node of the cluster is healthy; floating IP {ip} stays on {node}, so that its sessions live on.") : null);

    private static PlannedFloatingIP Place(AddressKey address, IReadOnlyCollection<PlannedNode> nodes, Dictionary<string, int> load)
    {
        IPAddress ip = address.ToAddress();
        ulong hash = Rendezvous.Hash(address);
        PlannedNode? node = nodes
            .Where(node => CanHold(node, address, ip, evenUnhealthy: false))
            .OrderBy(node => load.GetValueOrDefault(node.Name))
            .ThenBy(node => Rendezvous.Mix(hash, Rendezvous.Hash(node.Name)))
            .ThenBy(node => node.Name, StringComparer.Ordinal)
            .FirstOrDefault();
        if (node is null) return new(ip, null, WhyNot(address, ip, nodes));
        load[node.Name] = load.GetValueOrDefault(node.Name) + 1;
        return new(ip, node.Name);
    }

    private static bool CanHold(PlannedNode node, AddressKey address, IPAddress ip, bool evenUnhealthy) => !address.IsIPv6 && (node.Healthy || evenUnhealthy) && HasSubnet(node, ip);

    private static bool HasSubnet(PlannedNode node, IPAddress ip) => node.Subnets.Any(subnet => subnet.Contains(ip));

    private static PlanReason WhyNot(AddressKey address, IPAddress ip, IReadOnlyCollection<PlannedNode> nodes)
    {
        if (address.IsIPv6) return IsIPv6(ip);
        PlannedNode[] subnet = [.. nodes.Where(node => HasSubnet(node, ip))];
        if (subnet.Length > 0) return new(PlanReasonCode.NoHealthyNode, $"No node of the subnet of floating IP {ip} is healthy: {string.Join(", ", subnet.Select(node => node.Name))}.");
        string[] unknown = [.. nodes.Where(node => node.Subnets.IsEmpty).Select(node => node.Name)];
        return unknown.Length > 0 || nodes.Count == 0
            ? new(PlanReasonCode.NodeSubnetsUnknown, $"No node is known to be in the subnet of floating IP {ip}; {(nodes.Count == 0 ? "there is no Node" : $"not known are the subnets of {string.Join(", ", unknown)}")} (annotation {NodeResource.AddressesAnnotation}).")
            : new(PlanReasonCode.InNoNodeSubnet, $"Floating IP {ip} is in the subnet of no node; the nodes' subnets are {string.Join(", ", nodes.SelectMany(node => node.Subnets).Distinct().OrderBy(Bgp.IPPrefix.From))}.");
    }

    private static PlanReason IsIPv6(IPAddress ip) => new(PlanReasonCode.FloatingIPIsIPv6, $"Floating IP {ip} is IPv6, and sessions run over IPv4: use an IPv4 address.");
}
