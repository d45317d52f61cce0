using System.Net;
using BgpLoadBalancer.Bgp.Routes;
using BgpLoadBalancer.Bgp.Wire.Attributes;

namespace BgpLoadBalancer.Bgp.Wire;

/// <summary>Checks and reads the path attributes of an UPDATE (RFC 4271 §6.3).</summary>
public static class AttributeReader
{
    /// <summary>Checks and reads all attributes. What MP_REACH_NLRI and MP_UNREACH_NLRI hold is <see cref="UpdateReader"/>'s to give.</summary>
    /// <param name="hasNlri">The UPDATE announces IPv4 prefixes outside MP_REACH_NLRI.</param>
    /// <param name="nextHop">NEXT_HOP; null without IPv4 prefixes, where it means nothing (RFC 4760 §3).</param>
    /// <exception cref="BgpProtocolException">As <see cref="Validate"/>.</exception>
    public static PathAttributes Read(ReadOnlySpan<byte> attributes, in WireContext context, bool hasNlri, out IPAddress? nextHop)
    {
        Validate(attributes, context, hasNlri);
        AttributeBuilder builder = new();
        AttributeWalker walker = new(attributes);
        while (walker.MoveNext())
        {
            RawAttribute attribute = walker.Current;
            if (IsStray(attribute, context)) continue;
            if (AttributeTable.Find(attribute.Code) is { } descriptor) descriptor.Read(attribute, context, builder);
            else builder.AddUnknown(attribute);
        }

        nextHop = hasNlri ? builder.NextHop : null;
        return builder.Build();
    }

    /// <summary>The checks of <see cref="Read"/> alone, without allocating. The prefixes in multiprotocol attributes are not looked at.</summary>
    /// <exception cref="BgpProtocolException">3/1 attributes that do not add up, or one that is there twice; 3/2 an unknown well-known
    /// one; 3/3 ORIGIN, AS_PATH or NEXT_HOP missing; 3/4 flags; 3/5 length; 3/6 ORIGIN; 3/8 NEXT_HOP; 3/9 an optional attribute; 3/11 AS_PATH.</exception>
    public static void Validate(ReadOnlySpan<byte> attributes, in WireContext context, bool hasNlri)
    {
        Span<ulong> seen = stackalloc ulong[4];
        AttributeWalker walker = new(attributes);
        while (walker.MoveNext())
        {
            RawAttribute attribute = walker.Current;
            if (Has(seen, attribute.Code)) throw Repeated(attribute.Code);
            seen[(byte)attribute.Code >> 6] |= 1ul << ((byte)attribute.Code & 63);
            if (IsStray(attribute, context)) continue;
            Check(attribute, context);
            if (hasNlri && attribute.Code == AttributeCode.NextHop) ScalarCodec.CheckNextHopAddress(attribute);
        }

        if (!hasNlri && !Has(seen, AttributeCode.MpReachNlri)) return;
        if (!Has(seen, AttributeCode.Origin)) throw Missing(AttributeCode.Origin);
        if (!Has(seen, AttributeCode.AsPath)) throw Missing(AttributeCode.AsPath);
        if (hasNlri && !Has(seen, AttributeCode.NextHop)) throw Missing(AttributeCode.NextHop);
    }

    /// <summary>Whether the path goes through <paramref name="asn"/> (RFC 4271 §9.1.2: a loop when it is our own). Takes attributes that
    /// have been validated, and does not allocate.</summary>
    /// <exception cref="BgpProtocolException">3/1: the attributes do not add up.</exception>
    public static bool ContainsAsn(ReadOnlySpan<byte> attributes, in WireContext context, uint asn)
    {
        if (!AttributeWalker.TryFind(attributes, AttributeCode.AsPath, out RawAttribute path)) return false;
        if (Contains(new AsPathWalker(path.Value, AsPathCodec.AsnSize(context)), asn)) return true;
        return !context.FourOctetAsn
            && AttributeWalker.TryFind(attributes, AttributeCode.As4Path, out RawAttribute as4Path)
            && !As4PathMerge.IsStale(attributes)
            && As4PathMerge.Applies(path.Value, as4Path.Value)
            && Contains(new AsPathWalker(as4Path.Value, 4), asn);
    }

    private static bool Contains(AsPathWalker walker, uint asn)
    {
        while (walker.MoveNext())
        {
            if (walker.SegmentContains(asn)) return true;
        }

        return false;
    }

    private static void Check(scoped in RawAttribute attribute, in WireContext context)
    {
        if (AttributeTable.Find(attribute.Code) is not { } descriptor)
        {
            if ((attribute.Flags & AttributeFlags.Optional) != 0) return;
            throw AttributeErrors.Of(attribute, UpdateErrorSubcode.UnrecognizedWellKnownAttribute, "is well-known by its flags, and unknown to us");
        }

        // RFC 7606 §3c: only these two bits can be wrong.
        const AttributeFlags Kind = AttributeFlags.Optional | AttributeFlags.Transitive;
        if ((attribute.Flags & Kind) != descriptor.Flags) throw AttributeErrors.Flags(attribute, descriptor.Flags);
        descriptor.Check(attribute, context);
    }

    // RFC 6793 §4.1: what only old speakers need is dropped between new ones.
    private static bool IsStray(scoped in RawAttribute attribute, in WireContext context) =>
        context.FourOctetAsn && (attribute.Code is AttributeCode.As4Path or AttributeCode.As4Aggregator);

    private static bool Has(ReadOnlySpan<ulong> seen, AttributeCode code) => (seen[(byte)code >> 6] & (1ul << ((byte)code & 63))) != 0;

    private static BgpProtocolException Repeated(AttributeCode code) => new(
        BgpErrorCode.UpdateMessageError, UpdateErrorSubcode.MalformedAttributeList, $"Path attribute {AttributeTable.NameOf(code)} is there twice.");

    private static BgpProtocolException Missing(AttributeCode code) => new(
        BgpErrorCode.UpdateMessageError, UpdateErrorSubcode.MissingWellKnownAttribute, $"Path attribute {AttributeTable.NameOf(code)} is missing.", [(byte)code]);
}
