using System.Collections.Immutable;
using System.Net;
using BgpLoadBalancer.Bgp.Routes;

namespace BgpLoadBalancer.Bgp.Wire.Attributes;

/// <summary>Collects the attributes of one UPDATE, then settles what depends on several of them.</summary>
internal sealed class AttributeBuilder
{
    private readonly List<UnknownAttribute> _unknown = [];

    public BgpOrigin Origin { get; set; }

    public ImmutableArray<AsPathSegment> AsPath { get; set; } = [];

    public IPAddress? NextHop { get; set; }

    public uint? Med { get; set; }

    public uint? LocalPref { get; set; }

    public bool AtomicAggregate { get; set; }

    public Aggregator? Aggregator { get; set; }

    public ImmutableArray<uint> Communities { get; set; } = [];

    public ImmutableArray<ulong> ExtendedCommunities { get; set; } = [];

    public ImmutableArray<LargeCommunity> LargeCommunities { get; set; } = [];

    /// <summary>Empty when absent or malformed.</summary>
    public ImmutableArray<AsPathSegment> As4Path { get; set; } = [];

    public Aggregator? As4Aggregator { get; set; }

    /// <summary>Keeps an attribute that we do not know; what is transitive is partial from here on (RFC 4271 §9).</summary>
    public void AddUnknown(scoped in RawAttribute attribute)
    {
        AttributeFlags flags = attribute.Flags & (AttributeFlags.Optional | AttributeFlags.Transitive | AttributeFlags.Partial);
        if ((flags & AttributeFlags.Transitive) != 0) flags |= AttributeFlags.Partial;
        _unknown.Add(new UnknownAttribute((byte)flags, (byte)attribute.Code, [.. attribute.Value]));
    }

    public PathAttributes Build()
    {
        _unknown.Sort(static (left, right) => left.Code.CompareTo(right.Code));
        bool stale = As4PathMerge.IsStale(Aggregator?.Asn, As4Aggregator?.Asn);
        return new PathAttributes
        {
            Origin = Origin,
            AsPath = stale ? AsPath : As4PathMerge.Merge(AsPath, As4Path),
            Med = Med,
            LocalPref = LocalPref,
            AtomicAggregate = AtomicAggregate,
            Aggregator = stale || Aggregator is null ? Aggregator : As4Aggregator ?? Aggregator,
            Communities = Communities,
            ExtendedCommunities = ExtendedCommunities,
            LargeCommunities = LargeCommunities,
            Unknown = [.. _unknown],
        };
    }
}
