using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using BgpLoadBalancer.Bgp.Routes;

namespace BgpLoadBalancer.Bgp.Wire.Attributes;

/// <summary>The attributes that are one value: ORIGIN, NEXT_HOP, AGGREGATOR and numbers (RFC 4271 §5.1).</summary>
internal static class ScalarCodec
{
    public static void CheckOrigin(scoped in RawAttribute attribute, in WireContext context)
    {
        CheckLength(attribute, 1);
        if (attribute.Value[0] > (byte)BgpOrigin.Incomplete)
        {
            throw AttributeErrors.Of(attribute, UpdateErrorSubcode.InvalidOriginAttribute, $"is {attribute.Value[0]}, and 2 is the most");
        }
    }

    /// <summary>The length alone: without IPv4 NLRI, NEXT_HOP means nothing (RFC 4760 §3).</summary>
    public static void CheckNextHopLength(scoped in RawAttribute attribute, in WireContext context) => CheckLength(attribute, 4);

    /// <exception cref="BgpProtocolException">3/8: not the address of a host.</exception>
    public static void CheckNextHopAddress(scoped in RawAttribute attribute)
    {
        if (!NextHopAddress.IsUsableIPv4(attribute.Value))
        {
            throw AttributeErrors.Of(attribute, UpdateErrorSubcode.InvalidNextHopAttribute, $"is {new IPAddress(attribute.Value)}, which is no host's address");
        }
    }

    public static void CheckNumber(scoped in RawAttribute attribute, in WireContext context) => CheckLength(attribute, 4);

    public static void CheckEmpty(scoped in RawAttribute attribute, in WireContext context) => CheckLength(attribute, 0);

    public static void CheckAggregator(scoped in RawAttribute attribute, in WireContext context)
    {
        CheckLength(attribute, AsPathCodec.AsnSize(context) + 4);
        if (AggregatorAsn(attribute.Value, attribute.Value.Length) is null) throw AttributeErrors.Optional(attribute, "names AS 0");
    }

    public static uint ReadNumber(scoped in RawAttribute attribute) => BinaryPrimitives.ReadUInt32BigEndian(attribute.Value);

    /// <summary>The ASN of an aggregator; null when the value has not that length or names AS 0, and so is malformed (RFC 7607 §2).</summary>
    /// <param name="length">6, or 8 with a four-octet ASN.</param>
    public static uint? AggregatorAsn(ReadOnlySpan<byte> value, int length)
    {
        if (value.Length != length) return null;
        uint asn = length == 8 ? BinaryPrimitives.ReadUInt32BigEndian(value) : BinaryPrimitives.ReadUInt16BigEndian(value);
        return asn == 0 ? null : asn;
    }

    public static Aggregator? ReadAggregator(ReadOnlySpan<byte> value, int length) =>
        AggregatorAsn(value, length) is { } asn ? new Aggregator(asn, new IPAddress(value[^4..])) : null;

    /// <exception cref="ArgumentException">The address is not IPv4.</exception>
    public static void WriteIPv4(Span<byte> destination, IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetwork || !address.TryWriteBytes(destination, out _))
        {
            throw new ArgumentException($"{address} is not an IPv4 address.", nameof(address));
        }
    }

    public static void WriteAggregator(in AttributeSource source, Span<byte> value)
    {
        Aggregator aggregator = source.Attributes.Aggregator.GetValueOrDefault();
        if (value.Length == 8) BinaryPrimitives.WriteUInt32BigEndian(value, aggregator.Asn);
        else BinaryPrimitives.WriteUInt16BigEndian(value, OpenMessage.ToTwoOctets(aggregator.Asn));
        WriteIPv4(value[^4..], aggregator.Address);
    }

    private static void CheckLength(scoped in RawAttribute attribute, int length)
    {
        if (attribute.Value.Length != length) throw AttributeErrors.Length(attribute);
    }
}
