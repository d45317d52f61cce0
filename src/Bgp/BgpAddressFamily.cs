namespace BgpLoadBalancer.Bgp;

/// <summary>
/// An address family as the wire carries it (RFC 4760 §3): the AFI in the upper sixteen bits, the SAFI in the lowest eight.
/// Values without a name are families that a peer offered and we do not speak.
/// </summary>
public enum BgpAddressFamily : uint
{
    /// <summary>AFI 1, SAFI 1.</summary>
    IPv4Unicast = (1u << 16) | 1,

    /// <summary>AFI 2, SAFI 1.</summary>
    IPv6Unicast = (2u << 16) | 1,
}
