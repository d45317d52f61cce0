using System.Collections.Immutable;
using BgpLoadBalancer.Bgp.Routes;

namespace BgpLoadBalancer.Bgp.Rib;

/// <summary>What a session does to the attributes of every route it sends (R28, R43).</summary>
/// <param name="PathRank">Which next hop goes out without ADD-PATH: number k of n is k mod n (R8).</param>
internal sealed record ExportPolicy(
    uint LocalAsn,
    int PathRank,
    int Prepend,
    uint? Med,
    ImmutableArray<uint> Communities,
    ImmutableArray<LargeCommunity> LargeCommunities)
{
    public static ExportPolicy From(BgpPeerOptions peer, uint localAsn) =>
        new(localAsn, peer.PathRank, peer.Prepend, peer.Med, peer.Communities, peer.LargeCommunities);

    public PathAttributes Apply(PathAttributes attributes) => new()
    {
        Origin = attributes.Origin,
        AsPath = PrependLocal(attributes.AsPath),
        Med = Med ?? attributes.Med,
        AtomicAggregate = attributes.AtomicAggregate,
        Aggregator = attributes.Aggregator,
        Communities = Communities.IsEmpty ? attributes.Communities : [.. attributes.Communities.Union(Communities)],
        ExtendedCommunities = attributes.ExtendedCommunities,
        LargeCommunities = LargeCommunities.IsEmpty ? attributes.LargeCommunities : [.. attributes.LargeCommunities.Union(LargeCommunities)],
        Unknown = attributes.Unknown,
    };

    public bool Equals(ExportPolicy? other) =>
        other is not null && LocalAsn == other.LocalAsn && PathRank == other.PathRank && Prepend == other.Prepend && Med == other.Med
        && Communities.AsSpan().SequenceEqual(other.Communities.AsSpan())
        && LargeCommunities.AsSpan().SequenceEqual(other.LargeCommunities.AsSpan());

    public override int GetHashCode() => HashCode.Combine(LocalAsn, PathRank, Prepend, Med, Communities.Length, LargeCommunities.Length);

    // RFC 4271 §5.1.2: into the first segment if that is a sequence with room, else as a sequence of its own.
    private ImmutableArray<AsPathSegment> PrependLocal(ImmutableArray<AsPathSegment> path)
    {
        IEnumerable<uint> own = Enumerable.Repeat(LocalAsn, 1 + Prepend);
        if (path.Length > 0 && path[0].Type == AsPathSegmentType.Sequence && path[0].Asns.Length + 1 + Prepend <= 255)
        {
            return path.SetItem(0, new(AsPathSegmentType.Sequence, [.. own, .. path[0].Asns]));
        }

        return path.Insert(0, new(AsPathSegmentType.Sequence, [.. own]));
    }
}
