using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using BgpLoadBalancer.Bgp.Wire;

namespace BgpLoadBalancer.Bgp.Routes;

/// <summary>ORIGIN (RFC 4271 §5.1.1).</summary>
public enum BgpOrigin : byte
{
    Igp = 0,
    Egp = 1,
    Incomplete = 2,
}

/// <summary>The kind of an AS_PATH segment (RFC 4271 §4.3, RFC 5065 for the confederation kinds).</summary>
public enum AsPathSegmentType : byte
{
    Set = 1,
    Sequence = 2,
    ConfederationSequence = 3,
    ConfederationSet = 4,
}

/// <summary>One AS_PATH segment: 1 to 255 AS numbers, four octets each whatever the wire carried.</summary>
public readonly record struct AsPathSegment(AsPathSegmentType Type, ImmutableArray<uint> Asns)
{
    public bool Equals(AsPathSegment other) => Type == other.Type && Asns.AsSpan().SequenceEqual(other.Asns.AsSpan());

    public override int GetHashCode()
    {
        HashCode hash = new();
        hash.Add(Type);
        foreach (uint asn in Asns) hash.Add(asn);
        return hash.ToHashCode();
    }
}

/// <summary>AGGREGATOR (RFC 4271 §5.1.7).</summary>
public readonly record struct Aggregator(uint Asn, IPAddress Address);

/// <summary>A large community (RFC 8092): global administrator and two words of local data.</summary>
public readonly record struct LargeCommunity(uint GlobalAdministrator, uint LocalData1, uint LocalData2)
{
    public override string ToString() => $"{GlobalAdministrator}:{LocalData1}:{LocalData2}";
}

/// <summary>An attribute that we do not know, kept as its flags and bytes (RFC 4271 §5).</summary>
public readonly record struct UnknownAttribute(byte Flags, byte Code, ImmutableArray<byte> Value)
{
    public bool Equals(UnknownAttribute other) =>
        Flags == other.Flags && Code == other.Code && Value.AsSpan().SequenceEqual(other.Value.AsSpan());

    public override int GetHashCode()
    {
        HashCode hash = new();
        hash.Add(Flags);
        hash.Add(Code);
        hash.AddBytes(Value.AsSpan());
        return hash.ToHashCode();
    }
}

/// <summary>
/// The path attributes of a route but for the next hop, which each path has of its own. Immutable, equal by value; the hash is
/// computed once.
/// </summary>
public sealed class PathAttributes : IEquatable<PathAttributes>
{
    private int _hash;

    /// <summary>What a route of ours has when nothing else is said (R43): ORIGIN IGP, an empty AS_PATH that the session prepends to.</summary>
    public static PathAttributes Default { get; } = new();

    public BgpOrigin Origin { get; init; } = BgpOrigin.Igp;

    /// <summary>The segments in wire order. For routes of ours without the local ASN: the session puts it in front.</summary>
    public ImmutableArray<AsPathSegment> AsPath { get; init; } = [];

    /// <summary>MULTI_EXIT_DISC; null means the attribute is not there.</summary>
    public uint? Med { get; init; }

    /// <summary>LOCAL_PREF; never sent to an external peer (RFC 4271 §5.1.5).</summary>
    public uint? LocalPref { get; init; }

    public bool AtomicAggregate { get; init; }

    public Aggregator? Aggregator { get; init; }

    /// <summary>RFC 1997 communities, <c>asn &lt;&lt; 16 | value</c>.</summary>
    public ImmutableArray<uint> Communities { get; init; } = [];

    /// <summary>RFC 4360 extended communities, eight octets each as a big-endian number.</summary>
    public ImmutableArray<ulong> ExtendedCommunities { get; init; } = [];

    public ImmutableArray<LargeCommunity> LargeCommunities { get; init; } = [];

    /// <summary>Attributes of codes that we do not know, in ascending order of code.</summary>
    public ImmutableArray<UnknownAttribute> Unknown { get; init; } = [];

    internal PathAttributes WithoutLocalPref() => LocalPref is null
        ? this
        : new PathAttributes
        {
            Origin = Origin,
            AsPath = AsPath,
            Med = Med,
            AtomicAggregate = AtomicAggregate,
            Aggregator = Aggregator,
            Communities = Communities,
            ExtendedCommunities = ExtendedCommunities,
            LargeCommunities = LargeCommunities,
            Unknown = Unknown,
        };

    /// <summary>What may be announced can be written, and leaves room in a message of 4,096 octets for what a session adds, and for a prefix.</summary>
    /// <exception cref="ArgumentException">The attributes are too long, or one of them cannot stand in a message.</exception>
    internal void CheckAnnounceable()
    {
        const int most = 3_000;
        // To a peer without four-octet ASNs the path goes twice, once shortened (RFC 6793 §4.2.2).
        int length = Math.Max(
            AttributeWriter.EncodedLength(this, nextHop: null, new WireContext(FourOctetAsn: true, false, false, false)),
            AttributeWriter.EncodedLength(this, nextHop: null, new WireContext(FourOctetAsn: false, false, false, false)));
        if (Aggregator is { Address.AddressFamily: not AddressFamily.InterNetwork } aggregator)
        {
            throw new ArgumentException($"The aggregator {aggregator.Address} is not an IPv4 address (RFC 4271 §4.3).");
        }

        if (length > most)
        {
            throw new ArgumentException($"The attributes take {length} octets; at most {most} leave room for prefixes in a message (RFC 4271 §4.1).");
        }
    }

    public bool Equals(PathAttributes? other) =>
        ReferenceEquals(this, other)
        || (other is not null
            && GetHashCode() == other.GetHashCode()
            && Origin == other.Origin
            && AsPath.AsSpan().SequenceEqual(other.AsPath.AsSpan())
            && Med == other.Med
            && LocalPref == other.LocalPref
            && AtomicAggregate == other.AtomicAggregate
            && Aggregator == other.Aggregator
            && Communities.AsSpan().SequenceEqual(other.Communities.AsSpan())
            && ExtendedCommunities.AsSpan().SequenceEqual(other.ExtendedCommunities.AsSpan())
            && LargeCommunities.AsSpan().SequenceEqual(other.LargeCommunities.AsSpan())
            && Unknown.AsSpan().SequenceEqual(other.Unknown.AsSpan()));

    public override bool Equals(object? obj) => Equals(obj as PathAttributes);

    public override int GetHashCode()
    {
        if (_hash == 0)
        {
            HashCode hash = new();
            hash.Add(Origin);
            foreach (AsPathSegment segment in AsPath) hash.Add(segment);
            hash.Add(Med);
            hash.Add(LocalPref);
            hash.Add(AtomicAggregate);
            hash.Add(Aggregator);
            foreach (uint community in Communities) hash.Add(community);
            foreach (ulong community in ExtendedCommunities) hash.Add(community);
            foreach (LargeCommunity community in LargeCommunities) hash.Add(community);
            foreach (UnknownAttribute attribute in Unknown) hash.Add(attribute);
            int value = hash.ToHashCode();
            _hash = value == 0 ? 1 : value;
        }

        return _hash;
    }
}
