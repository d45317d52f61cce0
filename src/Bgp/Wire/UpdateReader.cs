using System.Buffers.Binary;
using BgpLoadBalancer.Bgp.Wire.Attributes;

namespace BgpLoadBalancer.Bgp.Wire;

/// <summary>The fields of an UPDATE (RFC 4271 §4.3) as views of the receive buffer.</summary>
public readonly ref struct UpdateReader
{
    private UpdateReader(ReadOnlySpan<byte> withdrawn, ReadOnlySpan<byte> attributes, ReadOnlySpan<byte> nlri)
    {
        Withdrawn = withdrawn;
        Attributes = attributes;
        Nlri = nlri;
    }

    /// <summary>The IPv4 prefixes that are no longer reachable, for a <see cref="PrefixReader"/>.</summary>
    public ReadOnlySpan<byte> Withdrawn { get; }

    /// <summary>The path attributes, for <see cref="AttributeReader"/>. Equal octets mean equal attributes.</summary>
    public ReadOnlySpan<byte> Attributes { get; }

    /// <summary>The IPv4 prefixes that are announced.</summary>
    public ReadOnlySpan<byte> Nlri { get; }

    /// <summary>Splits what follows the header of an UPDATE.</summary>
    /// <exception cref="BgpProtocolException">3/1: a length field reaches beyond the message.</exception>
    public static UpdateReader Read(ReadOnlySpan<byte> body)
    {
        ReadOnlySpan<byte> withdrawn = Field(body, "Withdrawn Routes Length");
        ReadOnlySpan<byte> rest = body[(2 + withdrawn.Length)..];
        ReadOnlySpan<byte> attributes = Field(rest, "Total Path Attribute Length");
        return new UpdateReader(withdrawn, attributes, rest[(2 + attributes.Length)..]);
    }

    /// <summary>Whether this is End-of-RIB (RFC 4724 §2): an UPDATE that is empty, or that has an empty MP_UNREACH_NLRI and nothing else.</summary>
    /// <param name="family">The family whose routes have all been sent; meaningful only when true.</param>
    public bool IsEndOfRib(out BgpAddressFamily family)
    {
        family = BgpAddressFamily.IPv4Unicast;
        if (!Withdrawn.IsEmpty || !Nlri.IsEmpty) return false;
        if (Attributes.IsEmpty) return true;
        AttributeWalker walker = new(Attributes);
        if (!walker.MoveNext() || walker.Current.Code != AttributeCode.MpUnreachNlri || walker.Current.Whole.Length != Attributes.Length) return false;
        MpUnreach unreach = MpUnreach.Read(walker.Current);
        family = unreach.Family;
        return unreach.Withdrawn.IsEmpty;
    }

    /// <summary>Finds the announcements of other families.</summary>
    /// <exception cref="BgpProtocolException">3/1 when the attributes do not add up, 3/9 when the attribute is malformed.</exception>
    public bool TryGetMpReach(out MpReach reach)
    {
        bool found = AttributeWalker.TryFind(Attributes, AttributeCode.MpReachNlri, out RawAttribute attribute);
        reach = found ? MpReach.Read(attribute) : default;
        return found;
    }

    /// <summary>Finds the withdrawals of other families.</summary>
    /// <exception cref="BgpProtocolException">3/1 when the attributes do not add up, 3/9 when the attribute is malformed.</exception>
    public bool TryGetMpUnreach(out MpUnreach unreach)
    {
        bool found = AttributeWalker.TryFind(Attributes, AttributeCode.MpUnreachNlri, out RawAttribute attribute);
        unreach = found ? MpUnreach.Read(attribute) : default;
        return found;
    }

    private static ReadOnlySpan<byte> Field(ReadOnlySpan<byte> bytes, string name)
    {
        int length = bytes.Length < 2 ? int.MaxValue : BinaryPrimitives.ReadUInt16BigEndian(bytes);
        return bytes.Length - 2 >= length
            ? bytes.Slice(2, length)
            : throw new BgpProtocolException(
                BgpErrorCode.UpdateMessageError,
                UpdateErrorSubcode.MalformedAttributeList,
                $"The {name} of an UPDATE reaches beyond the message: {bytes.Length} octets are left.");
    }
}
