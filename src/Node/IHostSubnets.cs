using System.Collections.Immutable;
using System.Net;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Node;

/// <summary>The subnets that a host is in.</summary>
public interface IHostSubnets
{
    /// <summary>R19: the addresses of this host's interfaces with their subnets, those of the interface with the node's own IP first and then always in the same order.</summary>
    /// <param name="leaveOut">Addresses that move, so are no node's own: floating IPs, virtual IPs.</param>
    /// <exception cref="NodeNetworkException">The host refuses or cannot.</exception>
    Task<ImmutableArray<InterfacePrefix>> GetPrefixesAsync(IPAddress nodeIP, IReadOnlySet<IPAddress> leaveOut, CancellationToken cancellationToken);
}
