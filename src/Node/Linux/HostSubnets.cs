using System.Collections.Immutable;
using System.Net;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Node.Linux;

/// <summary>What follows from the addresses of a host's interfaces.</summary>
internal static class HostSubnets
{
    /// <summary>
    /// R19: the addresses with their subnets by which a node is known. Only global ones that last, of interfaces that work. An address
    /// without a subnet (/32, /128) counts on the interface that has the node's own IP alone: elsewhere it is a virtual IP.
    /// </summary>
    /// <param name="leaveOut">Addresses that move, so are no node's own: floating IPs, virtual IPs.</param>
    /// <returns>The interface with the node's own IP first and on it that IP; then by the interface's name and the address.</returns>
    public static ImmutableArray<InterfacePrefix> Of(ImmutableArray<HostLink> links, IPAddress nodeIP, IReadOnlySet<IPAddress> leaveOut) =>
    [
        .. from link in links
           where link.Works && !link.IsLoopback
           let own = Has(link, nodeIP)
           from entry in link.Addresses
           where entry is { IsGlobal: true, IsLasting: true } && (own || !entry.IsHost) && !leaveOut.Contains(entry.Address)
           orderby own descending, !entry.Address.Equals(nodeIP), link.Name, entry.Address.AddressFamily, AddressNumber.Of(entry.Address)
           select new InterfacePrefix(entry.Address, entry.PrefixLength),
    ];

    /// <summary>The interface whose subnet an address is in: the narrowest subnet, and of equal ones the first interface.</summary>
    /// <exception cref="NodeNetworkException">No interface has such a subnet.</exception>
    public static HostLink InterfaceFor(ImmutableArray<HostLink> links, IPAddress address)
    {
        IEnumerable<HostLink> found =
            from link in links
            where !link.IsLoopback
            from entry in link.Addresses
            where !entry.IsHost && entry.Subnet.Contains(address)
            orderby link.Works descending, entry.PrefixLength descending, link.Index
            select link;
        return found.FirstOrDefault()
            ?? throw new NodeNetworkException(
                $"No interface of this host has a subnet that contains {address}. It can live on a host with an address of its subnet only; see 'ip address'.",
                NodeNetworkFault.NoInterface);
    }

    private static bool Has(HostLink link, IPAddress address) => link.Addresses.Any(entry => entry.Address.Equals(address));
}
