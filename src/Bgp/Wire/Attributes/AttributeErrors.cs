namespace BgpLoadBalancer.Bgp.Wire.Attributes;

/// <summary>The errors of RFC 4271 §6.3 that carry the attribute as data.</summary>
internal static class AttributeErrors
{
    public static BgpProtocolException Flags(in RawAttribute attribute, AttributeFlags expected) =>
        Of(attribute, UpdateErrorSubcode.AttributeFlagsError, $"has flags 0x{(byte)attribute.Flags:X2} instead of 0x{(byte)expected:X2}");

    public static BgpProtocolException Length(in RawAttribute attribute) =>
        Of(attribute, UpdateErrorSubcode.AttributeLengthError, $"has {attribute.Value.Length} octets, which cannot be");

    public static BgpProtocolException Optional(in RawAttribute attribute, string what) =>
        Of(attribute, UpdateErrorSubcode.OptionalAttributeError, what);

    /// <summary>3/11, for which the RFC names no data: none is sent.</summary>
    public static BgpProtocolException AsPath(in RawAttribute attribute, string what) =>
        new(BgpErrorCode.UpdateMessageError, UpdateErrorSubcode.MalformedAsPath, $"Path attribute {AttributeTable.NameOf(attribute.Code)} {what}.");

    /// <param name="what">What is wrong, as the rest of a sentence that begins with the attribute.</param>
    public static BgpProtocolException Of(in RawAttribute attribute, byte subcode, string what) =>
        new(BgpErrorCode.UpdateMessageError, subcode, $"Path attribute {AttributeTable.NameOf(attribute.Code)} {what}.", attribute.Whole);
}
