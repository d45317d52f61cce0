using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using BgpLoadBalancer.Bgp.Routes;
using BgpLoadBalancer.Bgp.Wire.Attributes;

namespace BgpLoadBalancer.Bgp.Wire;

/// <summary>
/// Writes path attributes in ascending order of code (RFC 4271 §5), without allocating. Attributes of unknown codes go out with the
/// flags that they have: to pass on what a peer sent, leave out those that are not transitive.
/// </summary>
public static class AttributeWriter
{
    /// <summary>Octets that <see cref="Write"/> produces.</summary>
    /// <exception cref="ArgumentException">An unknown attribute is known, not optional or out of order.</exception>
    public static int EncodedLength(PathAttributes attributes, IPAddress? nextHop, in WireContext context)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        UnknownAttributes.Check(attributes.Unknown);
        AttributeSource source = new(attributes, nextHop, context.FourOctetAsn);
        int total = 0;
        foreach (AttributeDescriptor descriptor in AttributeTable.All)
        {
            if (descriptor.Measure(source) is { } length) total += AttributeHeader.LengthFor(length) + length;
        }

        foreach (UnknownAttribute unknown in attributes.Unknown) total += AttributeHeader.LengthFor(unknown.Value.Length) + unknown.Value.Length;
        return total;
    }

    /// <summary>Writes all attributes but MP_REACH_NLRI and MP_UNREACH_NLRI. ORIGIN and AS_PATH are always among them, LOCAL_PREF when it is not null.</summary>
    /// <param name="nextHop">NEXT_HOP, IPv4; null leaves it out.</param>
    /// <param name="context">To a peer without four-octet ASNs, AS4_PATH and AS4_AGGREGATOR carry what does not fit (RFC 6793 §4.2.2).</param>
    /// <exception cref="ArgumentException">The attributes cannot be written: an address is not IPv4, a value is longer than 65,535 octets,
    /// or an unknown attribute is known, not optional or out of order.</exception>
    public static void Write(IBufferWriter<byte> output, PathAttributes attributes, IPAddress? nextHop, in WireContext context)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(attributes);
        UnknownAttributes.Check(attributes.Unknown);
        AttributeSource source = new(attributes, nextHop, context.FourOctetAsn);
        ReadOnlySpan<UnknownAttribute> unknown = attributes.Unknown.AsSpan();
        foreach (AttributeDescriptor descriptor in AttributeTable.All)
        {
            while (!unknown.IsEmpty && unknown[0].Code < (byte)descriptor.Code) unknown = UnknownAttributes.WriteFirst(output, unknown);
            if (descriptor.Measure(source) is not { } length) continue;
            Span<byte> whole = AttributeHeader.Begin(output, descriptor.Flags, descriptor.Code, length);
            descriptor.Write(source, whole[^length..]);
            output.Advance(whole.Length);
        }

        while (!unknown.IsEmpty) unknown = UnknownAttributes.WriteFirst(output, unknown);
    }

    /// <summary>Octets of what <see cref="WriteMpReachHeader"/> writes: 4 of attribute header, then AFI, SAFI, next hop and a reserved octet.</summary>
    public static int MpReachHeaderLength(BgpAddressFamily family) => AttributeHeader.ExtendedLength + 3 + 1 + NextHopLength(family) + 1;

    /// <summary>Octets of what <see cref="WriteMpUnreachHeader"/> writes.</summary>
    public static int MpUnreachHeaderLength => AttributeHeader.ExtendedLength + 3;

    /// <summary>Begins an MP_REACH_NLRI (RFC 4760 §3); the prefixes, <paramref name="nlriLength"/> octets of them, are the caller's to add.</summary>
    /// <exception cref="ArgumentException">The next hop is not of the family, or the prefixes are too long for an attribute.</exception>
    public static void WriteMpReachHeader(IBufferWriter<byte> output, BgpAddressFamily family, IPAddress nextHop, int nlriLength)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(nextHop);
        int nextHopLength = NextHopLength(family);
        int length = MpReachHeaderLength(family);
        Span<byte> header = BeginMultiprotocol(output, AttributeCode.MpReachNlri, family, length, nlriLength);
        header[7] = (byte)nextHopLength;
        if (!nextHop.TryWriteBytes(header.Slice(8, nextHopLength), out int written) || written != nextHopLength)
        {
            throw new ArgumentException($"{nextHop} cannot be a next hop in {family}: its address has {nextHopLength} octets.", nameof(nextHop));
        }

        header[length - 1] = 0;
        output.Advance(length);
    }

    /// <summary>Begins an MP_UNREACH_NLRI (RFC 4760 §4); with no prefixes after it, it is End-of-RIB (RFC 4724 §2).</summary>
    /// <exception cref="ArgumentException">The prefixes are too long for an attribute.</exception>
    public static void WriteMpUnreachHeader(IBufferWriter<byte> output, BgpAddressFamily family, int withdrawnLength)
    {
        ArgumentNullException.ThrowIfNull(output);
        BeginMultiprotocol(output, AttributeCode.MpUnreachNlri, family, MpUnreachHeaderLength, withdrawnLength);
        output.Advance(MpUnreachHeaderLength);
    }

    private static Span<byte> BeginMultiprotocol(IBufferWriter<byte> output, AttributeCode code, BgpAddressFamily family, int headerLength, int prefixesLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(prefixesLength);
        int valueLength = headerLength - AttributeHeader.ExtendedLength + prefixesLength;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(valueLength, ushort.MaxValue, nameof(prefixesLength));
        Span<byte> header = output.GetSpan(headerLength)[..headerLength];
        header[0] = (byte)(AttributeFlags.Optional | AttributeFlags.ExtendedLength);
        header[1] = (byte)code;
        BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)valueLength);
        MultiprotocolFamily.Write(header[4..], family);
        return header;
    }

    private static int NextHopLength(BgpAddressFamily family) => family switch
    {
        BgpAddressFamily.IPv4Unicast => 4,
        BgpAddressFamily.IPv6Unicast => 16,
        _ => throw new ArgumentOutOfRangeException(nameof(family), family, "Only IPv4 and IPv6 unicast are spoken."),
    };
}
