using System.Collections.Immutable;
using System.Net;
using BgpLoadBalancer.Cluster.Planning.Addresses;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Planning.Network;

/// <summary>Places each floating IP on one healthy node of its subnet, where it is already if that will do (R19, R20).</summary>
internal static class FloatingIPPlanner
{
    public static ImmutableArray<PlannedFloatingIP> Plan(NetworkGatewayGroupResource? group, IReadOnlyCollection<PlannedNode> nodes, ClusterPlan? previous)
    {
        if (group is null) return [];
        AddressKey[] addresses = [.. group.FloatingIPs.Select(AddressKey.Of).Distinct().Order()];
        SortedDictionary<AddressKey, string> placed = [];
        Dictionary<string, int> load = [];
        foreach (AddressKey address in addresses)
        {
            if (Stays(address, group, nodes, previous) is not { } node) continue;
            placed[address] = node;
            load[node] = load.GetValueOrDefault(node) + 1;
        }

        return [.. addresses.Select(address => placed.TryGetValue(address, out string? node) ? new(address.ToAddress(), node) : Place(address, nodes, load))];
    }

    private static string? Stays(AddressKey address, NetworkGatewayGroupResource group, IReadOnlyCollection<PlannedNode> nodes, ClusterPlan? previous)
    {
        IPAddress ip = address.ToAddress();
        string?[] holders =
        [
            group.Status.FirstOrDefault(status => status.Address.Equals(ip))?.Node,
            previous?.FloatingIPs.FirstOrDefault(placed => placed.Address.Equals(ip))?.Node,
        ];
        return holders.FirstOrDefault(name => name is not null && nodes.Any(node => node.Name == name && CanHold(node, address, ip)));
    }

    private static PlannedFloatingIP Place(AddressKey address, IReadOnlyCollection<PlannedNode> nodes, Dictionary<string, int> load)
    {
        IPAddress ip = address.ToAddress();
        ulong hash = Rendezvous.Hash(address);
        PlannedNode? node = nodes
            .Where(node => CanHold(node, address, ip))
            .OrderBy(node => load.GetValueOrDefault(node.Name))
            .ThenBy(node => Rendezvous.Mix(hash, Rendezvous.Hash(node.Name)))
            .ThenBy(node => node.Name, StringComparer.Ordinal)
            .FirstOrDefault();
        if (node is null) return new(ip, null, WhyNot(address, ip, nodes));
        load[node.Name] = load.GetValueOrDefault(node.Name) + 1;
        return new(ip, node.Name);
    }

    private static bool CanHold(PlannedNode node, AddressKey address, IPAddress ip) => !address.IsIPv6 && node.Healthy && HasSubnet(node, ip);

    private static bool HasSubnet(PlannedNode node, IPAddress ip) => node.Subnets.Any(subnet => subnet.Contains(ip));

    private static PlanReason WhyNot(AddressKey address, IPAddress ip, IReadOnlyCollection<PlannedNode> nodes)
    {
        if (address.IsIPv6) return new(PlanReasonCode.FloatingIPIsIPv6, $"Floating IP {ip} is IPv6, and sessions run over IPv4.");
        PlannedNode[] subnet = [.. nodes.Where(node => HasSubnet(node, ip))];
        if (subnet.Length > 0) return new(PlanReasonCode.NoHealthyNode, $"No node of the subnet of floating IP {ip} is healthy: {string.Join(", ", subnet.Select(node => node.Name))}.");
        string[] unknown = [.. nodes.Where(node => node.Subnets.IsEmpty).Select(node => node.Name)];
        return unknown.Length > 0 || nodes.Count == 0
            ? new(PlanReasonCode.NodeSubnetsUnknown, $"No node is known to be in the subnet of floating IP {ip}; {(nodes.Count == 0 ? "there is no Node" : $"not known are the subnets of {string.Join(", ", unknown)}")} (annotation {NodeResource.AddressesAnnotation}).")
            : new(PlanReasonCode.InNoNodeSubnet, $"Floating IP {ip} is in the subnet of no node.");
    }
}
