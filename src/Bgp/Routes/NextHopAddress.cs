using System.Net;
using System.Net.Sockets;

namespace BgpLoadBalancer.Bgp.Routes;

/// <summary>Which addresses can be a next hop at all (RFC 4271 §6.3: a valid IP host address).</summary>
public static class NextHopAddress
{
    public static bool IsUsable(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            return !address.Equals(IPAddress.IPv6Any) && !address.IsIPv6Multicast && !address.IsIPv6LinkLocal && !address.IsIPv4MappedToIPv6;
        }

        Span<byte> bytes = stackalloc byte[4];
        _ = address.TryWriteBytes(bytes, out _);
        return IsUsableIPv4(bytes);
    }

    // 0.0.0.0/8 is "this network"; from 224.0.0.0 on come multicast, class E and broadcast.
    internal static bool IsUsableIPv4(ReadOnlySpan<byte> address) => address[0] is > 0 and < 224;
}
