using System.Collections.Immutable;
using System.Net;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Cluster.Reading;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Validation.Rules;

/// <summary>Rules about the nodes' subnets, which are known where the Nodes carry the annotation (R19).</summary>
internal static class SubnetRules
{
    public static ImmutableArray<Rule> All { get; } = [new("R19", FloatingIPsAreInSubnets), new("R19", FloatingIPsAreHosts), new("R33", PeersReachNextHops)];

    private static void FloatingIPsAreInSubnets(ClusterConfiguration all, RuleReport report)
    {
        // The Cluster may name nodes that no Node document is there for.
        bool complete = !all.Nodes.IsEmpty && all.Nodes.All(node => !node.Resource.InterfaceAddresses.IsEmpty) && NodeAddresses(all).All(address => Prefixes(all).Any(prefix => prefix.Address.Equals(address)));
        HashSet<IPPrefix> subnets = [.. Prefixes(all).Select(Subnet)];
        foreach ((NetworkGatewayGroupResource group, SourcedResource source) in all.GatewayGroups)
        {
            bool unknown = false;
            for (int i = 0; i < group.FloatingIPs.Length; i++)
            {
                if (subnets.Any(subnet => subnet.Contains(group.FloatingIPs[i]))) continue;
                unknown |= !complete;
                if (complete) report.Error(source, source.Item(Fields.FloatingIPs, i), $"{group.FloatingIPs[i]} lies in no node's subnet, so no node could take it.", $"Take a free address of one of: {string.Join(", ", subnets.Where(subnet => !subnet.IsIPv6).Order())}.");
            }

            if (unknown) report.Note(source, Fields.FloatingIPs, "Whether each floating IP lies in a node's subnet was not checked: node subnets unknown.", $"Add Node documents with the annotation {NodeResource.AddressesAnnotation} beside the file.");
        }
    }

    private static void FloatingIPsAreHosts(ClusterConfiguration all, RuleReport report)
    {
        IPPrefix[] subnets = [.. Prefixes(all).Select(Subnet).Where(subnet => !subnet.IsIPv6 && subnet.Length < 31).Distinct()];
        foreach ((NetworkGatewayGroupResource group, SourcedResource source) in all.GatewayGroups)
        {
            for (int i = 0; i < group.FloatingIPs.Length; i++)
            {
                UInt128 number = AddressNumber.Of(group.FloatingIPs[i]);
                foreach (IPPrefix subnet in subnets.Where(subnet => subnet.Contains(group.FloatingIPs[i])))
                {
                    UInt128 first = AddressNumber.Of(subnet.Address);
                    if (number == first || number == first + (UInt128.One << (32 - subnet.Length)) - 1) report.Error(source, source.Item(Fields.FloatingIPs, i), $"{group.FloatingIPs[i]} is the {(number == first ? "first" : "last")} address of the subnet {subnet}, which no host can have.", "Take another address of the subnet.");
                }
            }
        }
    }

    private static void PeersReachNextHops(ClusterConfiguration all, RuleReport report)
    {
        if (all.Cluster is not { } cluster || cluster.Resource.Type == ClusterType.Admin) return;
        ImmutableArray<IPAddress> pool = cluster.Resource.LoadBalancer.NodePool ?? cluster.Resource.ControlPlaneNodes;
        foreach (UsedAddress peer in ServicePeers(all, cluster))
        {
            foreach (IPPrefix subnet in Prefixes(all).Select(Subnet).Where(subnet => subnet.Contains(peer.Address)).Distinct())
            {
                IPAddress? floating = all.GatewayGroups.SelectMany(group => group.Resource.FloatingIPs).FirstOrDefault(subnet.Contains);
                if (floating is null || pool.IsEmpty || pool.Any(subnet.Contains)) continue;
                report.Warning(peer.Source, peer.Path, $"The peer is directly connected to {subnet}, the subnet of the floating IP {floating}, and no load-balancer node is in it: the router may ignore next hops that it is not connected to.", "Let the router accept third-party next hops, or put load-balancer nodes into the subnet with nodePoolSpec.");
            }
        }
    }

    private static IEnumerable<UsedAddress> ServicePeers(ClusterConfiguration all, Sourced<ClusterResource> cluster)
    {
        bool own = !all.LoadBalancers.IsEmpty && !all.Peers.IsEmpty;
        return UsedAddress.All(all).Where(used => used.Use == AddressUse.Peer && (used.Source == cluster.Source) != own);
    }

    private static IEnumerable<IPAddress> NodeAddresses(ClusterConfiguration all) =>
        all.Clusters.SelectMany(cluster => cluster.Resource.ControlPlaneNodes.Concat(cluster.Resource.LoadBalancer.NodePool.OrEmpty()));

    private static IEnumerable<InterfacePrefix> Prefixes(ClusterConfiguration all) => all.Nodes.SelectMany(node => node.Resource.InterfaceAddresses);

    private static IPPrefix Subnet(InterfacePrefix prefix) => IPPrefix.From(prefix.Address, prefix.Length);
}
