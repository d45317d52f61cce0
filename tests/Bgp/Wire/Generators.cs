using System.Collections.Immutable;
using System.Net;
using BgpLoadBalancer.Bgp.Routes;
using BgpLoadBalancer.Bgp.Wire;
using CsCheck;

namespace BgpLoadBalancer.Bgp.Tests.Wire;

/// <summary>Random messages and their parts, all valid.</summary>
internal static class Generators
{
    public static Gen<IPPrefix> IPv4Prefix { get; } = Gen.Select(Gen.UInt, Gen.Int[0, 32], IPPrefix.FromIPv4);

    public static Gen<IPPrefix> IPv6Prefix { get; } = Gen.Select(Gen.ULong, Gen.ULong, Gen.Int[0, 128], IPPrefix.FromIPv6);

    public static Gen<WireContext> Context { get; } =
        Gen.Select(Gen.Bool, Gen.Bool, Gen.Bool, Gen.Bool, (four, ipv4, ipv6, extended) => new WireContext(four, ipv4, ipv6, extended));

    /// <summary>Any ASN but 0 and AS_TRANS, which stands for others.</summary>
    public static Gen<uint> Asn { get; } =
        Gen.OneOf(Gen.UInt[1, ushort.MaxValue], Gen.UInt[ushort.MaxValue + 1u, uint.MaxValue]).Where(asn => asn != OpenMessage.AsTrans);

    public static Gen<IPAddress> NextHop { get; } = Gen.UInt[0x01000000, 0xDFFFFFFF].Select(value => IPPrefix.FromIPv4(value, 32).Address);

    public static Gen<OpenMessage> Open { get; } = Gen.Select(
        Gen.UShort,
        Gen.OneOf(Gen.Const((ushort)0), Gen.UShort[3, ushort.MaxValue]),
        Gen.UInt[1, uint.MaxValue],
        Capability.Array[0, 15],
        (asn, hold, id, capabilities) => new OpenMessage(4, asn, hold, id, [.. capabilities]));

    /// <summary>Attributes as one wire format or the other brings them back: no segment over 255 ASNs, nothing repeated.</summary>
    public static Gen<PathAttributes> Attributes { get; } = Gen.Select(
        Gen.Enum<BgpOrigin>(),
        Segment.Array[0, 3],
        Gen.Select(Gen.UInt.Nullable(), Gen.UInt.Nullable(), Gen.Bool, Aggregator.Nullable()),
        Gen.Select(Gen.UInt.Array[0, 80], Gen.ULong.Array[0, 40], Large.Array[0, 30]),
        Unknown,
        (origin, path, scalars, communities, unknown) => new PathAttributes
        {
            Origin = origin,
            AsPath = [.. path],
            Med = scalars.Item1,
            LocalPref = scalars.Item2,
            AtomicAggregate = scalars.Item3,
            Aggregator = scalars.Item4,
            Communities = [.. communities.Item1],
            ExtendedCommunities = [.. communities.Item2],
            LargeCommunities = [.. communities.Item3.Distinct()],
            Unknown = unknown,
        });

    private static Gen<BgpCapability> Capability =>
        Gen.Select(Gen.Byte, Gen.Byte.Array[0, 255], (code, value) => new BgpCapability((BgpCapabilityCode)code, [.. value]));

    private static Gen<AsPathSegment> Segment =>
        Gen.Select(Gen.OneOf(AsPathSegmentType.Sequence, AsPathSegmentType.Set), Asn.Array[1, 100], (type, asns) => new AsPathSegment(type, [.. asns]));

    private static Gen<Aggregator> Aggregator => Gen.Select(Asn, NextHop, (asn, address) => new Aggregator(asn, address));

    private static Gen<LargeCommunity> Large => Gen.Select(Gen.UInt[0, 2], Gen.UInt[0, 2], Gen.UInt, (global, first, second) => new LargeCommunity(global, first, second));

    // Codes that nobody uses; transitive ones are partial, as everything is that has gone through us.
    private static Gen<ImmutableArray<UnknownAttribute>> Unknown => Gen.Select(
        Gen.Byte[200, 250].Array[0, 3],
        Gen.Byte.Array[0, 300],
        Gen.Bool,
        (codes, value, transitive) => codes.Distinct().Order().Select(code => new UnknownAttribute(transitive ? (byte)0xE0 : (byte)0x80, code, [.. value])).ToImmutableArray());
}
