using BgpLoadBalancer.Bgp.Routes;

namespace BgpLoadBalancer.Bgp.Wire.Attributes;

/// <summary>What RFC 7606 makes of an UPDATE in which this attribute is malformed.</summary>
internal enum AttributeErrorHandling
{
    /// <summary>The prefixes count as withdrawn (§2).</summary>
    TreatAsWithdraw,

    /// <summary>The attribute alone is dropped.</summary>
    AttributeDiscard,

    /// <summary>The session ends with a NOTIFICATION.</summary>
    SessionReset,

    /// <summary>All routes of the family go, and no more are taken (RFC 4760 §7).</summary>
    AfiSafiDisable,
}

/// <summary>All that the codec knows about one kind of attribute.</summary>
internal sealed record AttributeDescriptor(AttributeCode Code, string Name, AttributeFlags Flags, AttributeErrorHandling ErrorHandling)
{
    /// <summary>Throws when length or value are not what they must be. Flags have been checked before.</summary>
    public required AttributeCheck Check { get; init; }

    /// <summary>Puts the value of a checked attribute into the builder.</summary>
    public required AttributeRead Read { get; init; }

    /// <summary>Octets of the value to write, or null to leave the attribute out.</summary>
    public required AttributeMeasure Measure { get; init; }

    /// <summary>Fills exactly as many octets as were measured.</summary>
    public required AttributeWrite Write { get; init; }
}

internal delegate void AttributeCheck(scoped in RawAttribute attribute, in WireContext context);

internal delegate void AttributeRead(scoped in RawAttribute attribute, in WireContext context, AttributeBuilder builder);

internal delegate int? AttributeMeasure(in AttributeSource source);

internal delegate void AttributeWrite(in AttributeSource source, Span<byte> value);

/// <summary>What attributes are written from.</summary>
internal readonly record struct AttributeSource(PathAttributes Attributes, System.Net.IPAddress? NextHop, bool FourOctetAsn);
