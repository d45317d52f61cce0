using System.Buffers.Binary;
using System.Collections.Immutable;
using BgpLoadBalancer.Bgp.Routes;

namespace BgpLoadBalancer.Bgp.Wire.Attributes;

/// <summary>AS_PATH and AS4_PATH (RFC 4271 §4.3, RFC 6793 §3).</summary>
internal static class AsPathCodec
{
    private const int MaxSegmentLength = byte.MaxValue;

    /// <summary>Octets of an AS number in AS_PATH and AGGREGATOR.</summary>
    public static int AsnSize(in WireContext context) => context.FourOctetAsn ? 4 : 2;

    public static int Hops(AsPathSegmentType type, int asns) => type switch
    {
        AsPathSegmentType.Sequence => asns,
        AsPathSegmentType.Set => 1,
        _ => 0,
    };

    /// <exception cref="BgpProtocolException">3/11: the segments do not add up, or one holds AS 0 (RFC 7607 §2).</exception>
    public static void Check(scoped in RawAttribute attribute, in WireContext context)
    {
        AsPathWalker walker = new(attribute.Value, AsnSize(context));
        while (walker.MoveNext())
        {
            if (walker.SegmentContains(0)) throw AttributeErrors.AsPath(attribute, "contains AS 0");
        }

        if (walker.IsMalformed) throw AttributeErrors.AsPath(attribute, "has a segment of unknown type, without AS numbers, or cut off");
    }

    public static void Read(scoped in RawAttribute attribute, in WireContext context, AttributeBuilder builder) =>
        builder.AsPath = Segments(new AsPathWalker(attribute.Value, AsnSize(context)), confederations: true) ?? [];

    /// <summary>A malformed AS4_PATH is dropped, and so are confederation segments in it (RFC 6793 §6).</summary>
    public static void ReadAs4(scoped in RawAttribute attribute, in WireContext context, AttributeBuilder builder) =>
        builder.As4Path = Segments(new AsPathWalker(attribute.Value, 4), confederations: false) ?? [];

    public static int? Measure(in AttributeSource source) =>
        EncodedLength(source.Attributes.AsPath, source.FourOctetAsn ? 4 : 2, confederations: true);

    public static void Write(in AttributeSource source, Span<byte> value) =>
        Write(value, source.Attributes.AsPath, source.FourOctetAsn ? 4 : 2, confederations: true);

    /// <summary>RFC 6793 §4.2.2: only towards a two-octet speaker, and only when AS_TRANS hides something.</summary>
    public static int? MeasureAs4(in AttributeSource source)
    {
        if (source.FourOctetAsn) return null;
        bool needed = false;
        foreach (AsPathSegment segment in source.Attributes.AsPath)
        {
            needed |= !IsConfederation(segment.Type) && segment.Asns.AsSpan().ContainsAnyExceptInRange(0u, ushort.MaxValue);
        }

        return needed ? EncodedLength(source.Attributes.AsPath, 4, confederations: false) : null;
    }

    public static void WriteAs4(in AttributeSource source, Span<byte> value) =>
        Write(value, source.Attributes.AsPath, 4, confederations: false);

    private static ImmutableArray<AsPathSegment>? Segments(AsPathWalker walker, bool confederations)
    {
        ImmutableArray<AsPathSegment>.Builder segments = ImmutableArray.CreateBuilder<AsPathSegment>();
        while (walker.MoveNext())
        {
            // RFC 7607 §2: AS 0 makes an AS4_PATH malformed; an AS_PATH with it does not come this far.
            if (walker.SegmentContains(0)) return null;
            if (walker.IsConfederation && !confederations) continue;
            int asnSize = walker.AsnSize;
            uint[] asns = new uint[walker.Asns.Length / asnSize];
            for (int i = 0; i < asns.Length; i++) asns[i] = walker.AsnAt(walker.Asns[(i * asnSize)..]);
            segments.Add(new AsPathSegment(walker.Type, [.. asns]));
        }

        return walker.IsMalformed ? null : segments.DrainToImmutable();
    }

    // A segment's count is one octet: longer ones go out as several.
    private static int EncodedLength(ImmutableArray<AsPathSegment> path, int asnSize, bool confederations)
    {
        int length = 0;
        foreach (AsPathSegment segment in path)
        {
            if (!confederations && IsConfederation(segment.Type)) continue;
            int parts = (segment.Asns.Length + MaxSegmentLength - 1) / MaxSegmentLength;
            length += (parts * 2) + (segment.Asns.Length * asnSize);
        }

        return length;
    }

    private static void Write(Span<byte> value, ImmutableArray<AsPathSegment> path, int asnSize, bool confederations)
    {
        foreach (AsPathSegment segment in path)
        {
            if (!confederations && IsConfederation(segment.Type)) continue;
            for (ReadOnlySpan<uint> rest = segment.Asns.AsSpan(); !rest.IsEmpty;)
            {
                int count = Math.Min(rest.Length, MaxSegmentLength);
                value[0] = (byte)segment.Type;
                value[1] = (byte)count;
                value = value[2..];
                foreach (uint asn in rest[..count])
                {
                    if (asnSize == 4) BinaryPrimitives.WriteUInt32BigEndian(value, asn);
                    else BinaryPrimitives.WriteUInt16BigEndian(value, OpenMessage.ToTwoOctets(asn));
                    value = value[asnSize..];
                }

                rest = rest[count..];
            }
        }
    }

    private static bool IsConfederation(AsPathSegmentType type) =>
        type is AsPathSegmentType.ConfederationSequence or AsPathSegmentType.ConfederationSet;
}
