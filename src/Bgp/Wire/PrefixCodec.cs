using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace BgpLoadBalancer.Bgp.Wire;

/// <summary>Prefixes as NLRI (RFC 4271 §4.3): a length in bits, then as many octets as hold them; RFC 7911 §3 puts a path identifier in front.</summary>
public static class PrefixCodec
{
    /// <summary>The octets of the longest prefix: an IPv6 /128 with a path identifier.</summary>
    public const int MaxEncodedLength = 4 + 1 + 16;

    /// <summary>Octets on the wire: 1 to 17, and four more with a path identifier.</summary>
    public static int EncodedLength(in IPPrefix prefix, bool addPath) => (addPath ? 5 : 1) + ((prefix.Length + 7) >> 3);

    /// <summary>Writes a prefix to the start of <paramref name="destination"/>. What lies behind it there may be overwritten too.</summary>
    /// <returns>The number of octets that the prefix takes.</returns>
    /// <exception cref="ArgumentException">There is no room; at most the prefix's own octets have been touched.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Write(Span<byte> destination, in IPPrefix prefix)
    {
        // Whole words, since the bits beyond the length are zero: no branch on the length.
        if (destination.Length < 17) return WriteTight(destination, prefix);
        destination[0] = (byte)prefix.Length;
        prefix.WriteAddress(destination[1..]);
        return 1 + ((prefix.Length + 7) >> 3);
    }

    /// <summary>The same with a path identifier.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Write(Span<byte> destination, in IPPrefix prefix, uint pathId)
    {
        BinaryPrimitives.WriteUInt32BigEndian(destination, pathId);
        return 4 + Write(destination[4..], prefix);
    }

    private static int WriteTight(Span<byte> destination, in IPPrefix prefix)
    {
        Span<byte> address = stackalloc byte[16];
        prefix.WriteAddress(address);
        int octets = (prefix.Length + 7) >> 3;
        if (destination.Length <= octets) throw new ArgumentException($"{prefix} takes {1 + octets} octets; there is room for {destination.Length}.", nameof(destination));
        destination[0] = (byte)prefix.Length;
        address[..octets].CopyTo(destination[1..]);
        return 1 + octets;
    }
}
