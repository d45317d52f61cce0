namespace BgpLoadBalancer.Bgp.Wire;

/// <summary>What was negotiated for one direction of one connection; all that the codec knows of a session.</summary>
/// <param name="FourOctetAsn">AS numbers in AS_PATH and AGGREGATOR take four octets (RFC 6793).</param>
/// <param name="AddPathIPv4">IPv4 unicast prefixes carry a path identifier (RFC 7911 §3).</param>
/// <param name="AddPathIPv6">The same for IPv6 unicast.</param>
/// <param name="ExtendedMessage">Messages other than OPEN and KEEPALIVE may be 65,535 octets long (RFC 8654).</param>
public readonly record struct WireContext(bool FourOctetAsn, bool AddPathIPv4, bool AddPathIPv6, bool ExtendedMessage)
{
    /// <summary>The longest message (RFC 4271 §4.1, RFC 8654 §4).</summary>
    public int MaxMessageLength => ExtendedMessage ? 65_535 : 4_096;

    public bool AddPath(BgpAddressFamily family) => family switch
    {
        BgpAddressFamily.IPv4Unicast => AddPathIPv4,
        BgpAddressFamily.IPv6Unicast => AddPathIPv6,
        _ => false,
    };
}
