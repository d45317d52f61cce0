using System.Buffers.Binary;
using System.Net;
using BgpLoadBalancer.Bgp.Wire.Attributes;

namespace BgpLoadBalancer.Bgp.Wire;

/// <summary>MP_REACH_NLRI (RFC 4760 §3) as a view of the receive buffer.</summary>
public readonly ref struct MpReach
{
    private readonly ReadOnlySpan<byte> _attribute;

    private MpReach(BgpAddressFamily family, ReadOnlySpan<byte> nextHop, ReadOnlySpan<byte> nlri, ReadOnlySpan<byte> attribute)
    {
        Family = family;
        NextHop = nextHop;
        Nlri = nlri;
        _attribute = attribute;
    }

    /// <summary>Any family that the peer cares to send; routes of one that was not negotiated are to be ignored (RFC 4760 §8).</summary>
    public BgpAddressFamily Family { get; }

    /// <summary>4 octets for IPv4 unicast; 16 for IPv6 unicast, or 32 when a link-local address follows the global one (RFC 2545 §3).</summary>
    public ReadOnlySpan<byte> NextHop { get; }

    public ReadOnlySpan<byte> Nlri { get; }

    /// <summary>The next hop as an address, the global one of two. Allocates.</summary>
    /// <exception cref="BgpProtocolException">3/9: the family is not one that we speak.</exception>
    public IPAddress ReadNextHop() => Family switch
    {
        BgpAddressFamily.IPv4Unicast => new IPAddress(NextHop),
        BgpAddressFamily.IPv6Unicast => new IPAddress(NextHop[..16]),
        _ => throw new BgpProtocolException(
            BgpErrorCode.UpdateMessageError,
            UpdateErrorSubcode.OptionalAttributeError,
            $"Address family {(uint)Family >> 16}/{(byte)Family} has next hops that we cannot read.",
            _attribute),
    };

    /// <summary>The prefixes; an error among them carries this attribute.</summary>
    public PrefixReader Prefixes(in WireContext context) => new(Nlri, Family, context.AddPath(Family), _attribute);

    /// <exception cref="BgpProtocolException">3/9 with the attribute as data: too short, or a next hop of the wrong length.</exception>
    internal static MpReach Read(scoped in RawAttribute attribute)
    {
        ReadOnlySpan<byte> value = attribute.Value;
        // AFI, SAFI, next hop length, next hop, one reserved octet.
        if (value.Length < 5 || value.Length < 5 + value[3]) throw AttributeErrors.Optional(attribute, "is too short");
        BgpAddressFamily family = MultiprotocolFamily.Read(value);
        bool valid = family switch
        {
            BgpAddressFamily.IPv4Unicast => value[3] == 4,
            BgpAddressFamily.IPv6Unicast => value[3] is 16 or 32,
            _ => true,
        };
        return valid
            ? new MpReach(family, value.Slice(4, value[3]), value[(5 + value[3])..], attribute.Whole)
            : throw AttributeErrors.Optional(attribute, $"has a next hop of {value[3]} octets");
    }
}

/// <summary>MP_UNREACH_NLRI (RFC 4760 §4) as a view of the receive buffer.</summary>
public readonly ref struct MpUnreach
{
    private readonly ReadOnlySpan<byte> _attribute;

    private MpUnreach(BgpAddressFamily family, ReadOnlySpan<byte> withdrawn, ReadOnlySpan<byte> attribute)
    {
        Family = family;
        Withdrawn = withdrawn;
        _attribute = attribute;
    }

    public BgpAddressFamily Family { get; }

    public ReadOnlySpan<byte> Withdrawn { get; }

    /// <summary>The prefixes; an error among them carries this attribute.</summary>
    public PrefixReader Prefixes(in WireContext context) => new(Withdrawn, Family, context.AddPath(Family), _attribute);

    /// <exception cref="BgpProtocolException">3/9 with the attribute as data: too short.</exception>
    internal static MpUnreach Read(scoped in RawAttribute attribute) => attribute.Value.Length >= 3
        ? new MpUnreach(MultiprotocolFamily.Read(attribute.Value), attribute.Value[3..], attribute.Whole)
        : throw AttributeErrors.Optional(attribute, "is too short");
}

/// <summary>AFI and SAFI next to each other.</summary>
internal static class MultiprotocolFamily
{
    public static BgpAddressFamily Read(ReadOnlySpan<byte> bytes) =>
        (BgpAddressFamily)(((uint)BinaryPrimitives.ReadUInt16BigEndian(bytes) << 16) | bytes[2]);

    public static void Write(Span<byte> destination, BgpAddressFamily family)
    {
        BinaryPrimitives.WriteUInt16BigEndian(destination, (ushort)((uint)family >> 16));
        destination[2] = (byte)family;
    }
}
