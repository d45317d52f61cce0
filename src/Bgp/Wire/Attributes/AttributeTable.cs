using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Net;
using BgpLoadBalancer.Bgp.Routes;

namespace BgpLoadBalancer.Bgp.Wire.Attributes;

/// <summary>The attributes that we know, each described once; everything else about attributes goes by this table.</summary>
internal static class AttributeTable
{
    private const AttributeFlags WellKnown = AttributeFlags.Transitive;
    private const AttributeFlags OptionalTransitive = AttributeFlags.Optional | AttributeFlags.Transitive;
    private const AttributeFlags OptionalNonTransitive = AttributeFlags.Optional;

    /// <summary>In ascending order of code, which is the order of writing (RFC 4271 §5).</summary>
    public static ImmutableArray<AttributeDescriptor> All { get; } =
    [
        new(AttributeCode.Origin, "ORIGIN", WellKnown, AttributeErrorHandling.TreatAsWithdraw)
        {
            Check = ScalarCodec.CheckOrigin,
            Read = static (scoped in attribute, in _, builder) => builder.Origin = (BgpOrigin)attribute.Value[0],
            Measure = static (in _) => 1,
            Write = static (in source, value) => value[0] = (byte)source.Attributes.Origin,
        },
        new(AttributeCode.AsPath, "AS_PATH", WellKnown, AttributeErrorHandling.TreatAsWithdraw)
        {
            Check = AsPathCodec.Check,
            Read = AsPathCodec.Read,
            Measure = AsPathCodec.Measure,
            Write = AsPathCodec.Write,
        },
        new(AttributeCode.NextHop, "NEXT_HOP", WellKnown, AttributeErrorHandling.TreatAsWithdraw)
        {
            Check = ScalarCodec.CheckNextHopLength,
            Read = static (scoped in attribute, in _, builder) => builder.NextHop = new IPAddress(attribute.Value),
            Measure = static (in source) => source.NextHop is null ? null : 4,
            Write = static (in source, value) => ScalarCodec.WriteIPv4(value, source.NextHop!),
        },
        new(AttributeCode.MultiExitDisc, "MULTI_EXIT_DISC", OptionalNonTransitive, AttributeErrorHandling.TreatAsWithdraw)
        {
            Check = ScalarCodec.CheckNumber,
            Read = static (scoped in attribute, in _, builder) => builder.Med = ScalarCodec.ReadNumber(attribute),
            Measure = static (in source) => source.Attributes.Med is null ? null : 4,
            Write = static (in source, value) => BinaryPrimitives.WriteUInt32BigEndian(value, source.Attributes.Med.GetValueOrDefault()),
        },
        new(AttributeCode.LocalPref, "LOCAL_PREF", WellKnown, AttributeErrorHandling.TreatAsWithdraw)
        {
            Check = ScalarCodec.CheckNumber,
            Read = static (scoped in attribute, in _, builder) => builder.LocalPref = ScalarCodec.ReadNumber(attribute),
            Measure = static (in source) => source.Attributes.LocalPref is null ? null : 4,
            Write = static (in source, value) => BinaryPrimitives.WriteUInt32BigEndian(value, source.Attributes.LocalPref.GetValueOrDefault()),
        },
        new(AttributeCode.AtomicAggregate, "ATOMIC_AGGREGATE", WellKnown, AttributeErrorHandling.AttributeDiscard)
        {
            Check = ScalarCodec.CheckEmpty,
            Read = static (scoped in _, in _, builder) => builder.AtomicAggregate = true,
            Measure = static (in source) => source.Attributes.AtomicAggregate ? 0 : null,
            Write = static (in _, _) => { },
        },
        new(AttributeCode.Aggregator, "AGGREGATOR", OptionalTransitive, AttributeErrorHandling.AttributeDiscard)
        {
            Check = ScalarCodec.CheckAggregator,
            Read = static (scoped in attribute, in _, builder) => builder.Aggregator = ScalarCodec.ReadAggregator(attribute.Value, attribute.Value.Length),
            Measure = static (in source) => source.Attributes.Aggregator is null ? null : source.FourOctetAsn ? 8 : 6,
            Write = ScalarCodec.WriteAggregator,
        },
        new(AttributeCode.Communities, "COMMUNITIES", OptionalTransitive, AttributeErrorHandling.TreatAsWithdraw)
        {
            Check = static (scoped in attribute, in _) => CommunitiesCodec.CheckLength(attribute, CommunitiesCodec.StandardSize),
            Read = static (scoped in attribute, in _, builder) => builder.Communities = CommunitiesCodec.ReadStandard(attribute.Value),
            Measure = static (in source) => CommunitiesCodec.Measure(source.Attributes.Communities.Length, CommunitiesCodec.StandardSize),
            Write = static (in source, value) => CommunitiesCodec.WriteStandard(value, source.Attributes.Communities),
        },
        new(AttributeCode.MpReachNlri, "MP_REACH_NLRI", OptionalNonTransitive, AttributeErrorHandling.AfiSafiDisable)
        {
            // Its prefixes are the message's own: UpdateReader finds them, and AttributeWriter.WriteMpReachHeader begins one.
            Check = static (scoped in attribute, in _) => MpReach.Read(attribute),
            Read = static (scoped in _, in _, _) => { },
            Measure = static (in _) => null,
            Write = static (in _, _) => { },
        },
        new(AttributeCode.MpUnreachNlri, "MP_UNREACH_NLRI", OptionalNonTransitive, AttributeErrorHandling.AfiSafiDisable)
        {
            Check = static (scoped in attribute, in _) => MpUnreach.Read(attribute),
            Read = static (scoped in _, in _, _) => { },
            Measure = static (in _) => null,
            Write = static (in _, _) => { },
        },
        new(AttributeCode.ExtendedCommunities, "EXTENDED_COMMUNITIES", OptionalTransitive, AttributeErrorHandling.TreatAsWithdraw)
        {
            Check = static (scoped in attribute, in _) => CommunitiesCodec.CheckLength(attribute, CommunitiesCodec.ExtendedSize),
            Read = static (scoped in attribute, in _, builder) => builder.ExtendedCommunities = CommunitiesCodec.ReadExtended(attribute.Value),
            Measure = static (in source) => CommunitiesCodec.Measure(source.Attributes.ExtendedCommunities.Length, CommunitiesCodec.ExtendedSize),
            Write = static (in source, value) => CommunitiesCodec.WriteExtended(value, source.Attributes.ExtendedCommunities),
        },
        new(AttributeCode.As4Path, "AS4_PATH", OptionalTransitive, AttributeErrorHandling.AttributeDiscard)
        {
            Check = static (scoped in _, in _) => { }, // Malformed, it is dropped when read.
            Read = AsPathCodec.ReadAs4,
            Measure = AsPathCodec.MeasureAs4,
            Write = AsPathCodec.WriteAs4,
        },
        new(AttributeCode.As4Aggregator, "AS4_AGGREGATOR", OptionalTransitive, AttributeErrorHandling.AttributeDiscard)
        {
            Check = static (scoped in _, in _) => { }, // Malformed, it is dropped when read.
            Read = static (scoped in attribute, in _, builder) => builder.As4Aggregator = ScalarCodec.ReadAggregator(attribute.Value, 8),
            Measure = static (in source) => !source.FourOctetAsn && source.Attributes.Aggregator is { Asn: > ushort.MaxValue } ? 8 : null,
            Write = ScalarCodec.WriteAggregator,
        },
        new(AttributeCode.LargeCommunities, "LARGE_COMMUNITY", OptionalTransitive, AttributeErrorHandling.TreatAsWithdraw)
        {
            Check = static (scoped in attribute, in _) => CommunitiesCodec.CheckLength(attribute, CommunitiesCodec.LargeSize),
            Read = static (scoped in attribute, in _, builder) => builder.LargeCommunities = CommunitiesCodec.ReadLarge(attribute.Value),
            Measure = static (in source) => CommunitiesCodec.Measure(source.Attributes.LargeCommunities.Length, CommunitiesCodec.LargeSize),
            Write = static (in source, value) => CommunitiesCodec.WriteLarge(value, source.Attributes.LargeCommunities),
        },
    ];

    private static readonly AttributeDescriptor?[] s_byCode = ByCode();

    /// <summary>Null for a code that we do not know.</summary>
    public static AttributeDescriptor? Find(AttributeCode code) => s_byCode[(byte)code];

    /// <summary>The RFC's name, or the number of a code that we do not know.</summary>
    public static string NameOf(AttributeCode code) => Find(code)?.Name ?? $"{(byte)code}";

    private static AttributeDescriptor?[] ByCode()
    {
        AttributeDescriptor?[] table = new AttributeDescriptor?[256];
        foreach (AttributeDescriptor descriptor in All) table[(byte)descriptor.Code] = descriptor;
        return table;
    }
}
