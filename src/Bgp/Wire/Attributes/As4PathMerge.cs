using System.Collections.Immutable;
using BgpLoadBalancer.Bgp.Routes;

namespace BgpLoadBalancer.Bgp.Wire.Attributes;

/// <summary>The path that an AS_PATH of two octets and an AS4_PATH tell together (RFC 6793 §4.2.3).</summary>
internal static class As4PathMerge
{
    public static ImmutableArray<AsPathSegment> Merge(ImmutableArray<AsPathSegment> path, ImmutableArray<AsPathSegment> as4Path)
    {
        if (as4Path.IsEmpty) return path;
        // Old speakers have prepended to AS_PATH alone. One that removed something makes AS4_PATH useless.
        int leading = Hops(path) - Hops(as4Path);
        if (leading < 0) return path;
        ImmutableArray<AsPathSegment>.Builder merged = ImmutableArray.CreateBuilder<AsPathSegment>();
        foreach (AsPathSegment segment in path)
        {
            int hops = AsPathCodec.Hops(segment.Type, segment.Asns.Length);
            // Confederation segments have no hops; what leads, or follows a whole segment, is kept.
            if (leading == 0 && hops > 0) break;
            if (leading < hops)
            {
                merged.Add(segment with { Asns = segment.Asns[..leading] });
                break;
            }

            merged.Add(segment);
            leading -= hops;
        }

        Join(merged, as4Path[0]);
        merged.AddRange(as4Path.AsSpan()[1..]);
        return merged.DrainToImmutable();
    }

    /// <summary>Whether the aggregator needed no AS_TRANS although there is an AS4_AGGREGATOR: both AS4 attributes are then older than it.</summary>
    public static bool IsStale(uint? aggregator, uint? as4Aggregator) => aggregator is not (null or OpenMessage.AsTrans) && as4Aggregator is not null;

    /// <summary>The same from raw attributes, without allocating.</summary>
    public static bool IsStale(ReadOnlySpan<byte> attributes) =>
        AttributeWalker.TryFind(attributes, AttributeCode.Aggregator, out RawAttribute two)
        && AttributeWalker.TryFind(attributes, AttributeCode.As4Aggregator, out RawAttribute four)
        && IsStale(ScalarCodec.AggregatorAsn(two.Value, 6), ScalarCodec.AggregatorAsn(four.Value, 8));

    /// <summary>Whether AS4_PATH takes part at all, given the raw attributes; what <see cref="Merge"/> would decide, without allocating.</summary>
    public static bool Applies(ReadOnlySpan<byte> path, ReadOnlySpan<byte> as4Path)
    {
        AsPathWalker four = new(as4Path, 4);
        int surplus = 0;
        while (four.MoveNext())
        {
            if (four.SegmentContains(0)) return false;
            surplus -= four.Hops;
        }

        AsPathWalker two = new(path, 2);
        while (two.MoveNext()) surplus += two.Hops;
        return !four.IsMalformed && surplus >= 0;
    }

    private static int Hops(ImmutableArray<AsPathSegment> path)
    {
        int hops = 0;
        foreach (AsPathSegment segment in path) hops += AsPathCodec.Hops(segment.Type, segment.Asns.Length);
        return hops;
    }

    // A sequence that goes on where the leading part was cut is one sequence again.
    private static void Join(ImmutableArray<AsPathSegment>.Builder merged, AsPathSegment segment)
    {
        if (merged.Count > 0
            && merged[^1] is { Type: AsPathSegmentType.Sequence } last
            && segment.Type == AsPathSegmentType.Sequence
            && last.Asns.Length + segment.Asns.Length <= byte.MaxValue)
        {
            merged[^1] = last with { Asns = last.Asns.AddRange(segment.Asns) };
            return;
        }

        merged.Add(segment);
    }
}
