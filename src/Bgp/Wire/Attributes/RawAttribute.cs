namespace BgpLoadBalancer.Bgp.Wire.Attributes;

/// <summary>One attribute of an UPDATE, not looked into yet.</summary>
internal readonly ref struct RawAttribute(ReadOnlySpan<byte> whole, int headerLength)
{
    /// <summary>Flags, code, length and value: what a NOTIFICATION carries.</summary>
    public ReadOnlySpan<byte> Whole { get; } = whole;

    public ReadOnlySpan<byte> Value { get; } = whole[headerLength..];

    public AttributeFlags Flags => (AttributeFlags)Whole[0];

    public AttributeCode Code => (AttributeCode)Whole[1];
}
