using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using BgpLoadBalancer.Bgp.Routes;

namespace BgpLoadBalancer.Bgp.Wire.Attributes;

/// <summary>The three kinds of communities: lists of four, eight and twelve octets (RFC 1997, RFC 4360, RFC 8092).</summary>
internal static class CommunitiesCodec
{
    public const int StandardSize = 4;
    public const int ExtendedSize = 8;
    public const int LargeSize = 12;

    /// <summary>RFC 7606 §7.8 and §7.14, RFC 8092 §6: a multiple of the size, and not none.</summary>
    public static void CheckLength(scoped in RawAttribute attribute, int size)
    {
        if (attribute.Value.IsEmpty || attribute.Value.Length % size != 0) throw AttributeErrors.Length(attribute);
    }

    public static int? Measure(int count, int size) => count == 0 ? null : count * size;

    public static ImmutableArray<uint> ReadStandard(ReadOnlySpan<byte> value)
    {
        uint[] communities = new uint[value.Length / StandardSize];
        for (int i = 0; i < communities.Length; i++) communities[i] = BinaryPrimitives.ReadUInt32BigEndian(value[(i * StandardSize)..]);
        return ImmutableCollectionsMarshal.AsImmutableArray(communities);
    }

    public static ImmutableArray<ulong> ReadExtended(ReadOnlySpan<byte> value)
    {
        ulong[] communities = new ulong[value.Length / ExtendedSize];
        for (int i = 0; i < communities.Length; i++) communities[i] = BinaryPrimitives.ReadUInt64BigEndian(value[(i * ExtendedSize)..]);
        return ImmutableCollectionsMarshal.AsImmutableArray(communities);
    }

    /// <summary>Each once: RFC 8092 §5 has a receiver drop what is repeated.</summary>
    public static ImmutableArray<LargeCommunity> ReadLarge(ReadOnlySpan<byte> value)
    {
        HashSet<LargeCommunity> seen = [];
        ImmutableArray<LargeCommunity>.Builder communities = ImmutableArray.CreateBuilder<LargeCommunity>(value.Length / LargeSize);
        for (; !value.IsEmpty; value = value[LargeSize..])
        {
            LargeCommunity community = new(
                BinaryPrimitives.ReadUInt32BigEndian(value),
                BinaryPrimitives.ReadUInt32BigEndian(value[4..]),
                BinaryPrimitives.ReadUInt32BigEndian(value[8..]));
            if (seen.Add(community)) communities.Add(community);
        }

        return communities.DrainToImmutable();
    }

    public static void WriteStandard(Span<byte> value, ImmutableArray<uint> communities)
    {
        for (int i = 0; i < communities.Length; i++) BinaryPrimitives.WriteUInt32BigEndian(value[(i * StandardSize)..], communities[i]);
    }

    public static void WriteExtended(Span<byte> value, ImmutableArray<ulong> communities)
    {
        for (int i = 0; i < communities.Length; i++) BinaryPrimitives.WriteUInt64BigEndian(value[(i * ExtendedSize)..], communities[i]);
    }

    public static void WriteLarge(Span<byte> value, ImmutableArray<LargeCommunity> communities)
    {
        foreach (LargeCommunity community in communities)
        {
            BinaryPrimitives.WriteUInt32BigEndian(value, community.GlobalAdministrator);
            BinaryPrimitives.WriteUInt32BigEndian(value[4..], community.LocalData1);
            BinaryPrimitives.WriteUInt32BigEndian(value[8..], community.LocalData2);
            value = value[LargeSize..];
        }
    }
}
