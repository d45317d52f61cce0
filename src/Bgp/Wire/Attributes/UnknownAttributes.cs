using System.Buffers;
using System.Collections.Immutable;
using BgpLoadBalancer.Bgp.Routes;

namespace BgpLoadBalancer.Bgp.Wire.Attributes;

/// <summary>Writes attributes of codes that we do not know.</summary>
internal static class UnknownAttributes
{
    /// <exception cref="ArgumentException">One has a code that we know, is not optional, or is out of order or there twice.</exception>
    public static void Check(ImmutableArray<UnknownAttribute> attributes)
    {
        int previous = -1;
        foreach (UnknownAttribute attribute in attributes)
        {
            string? fault = AttributeTable.Find((AttributeCode)attribute.Code) is { } known ? $"is {known.Name}, which has a property of its own"
                : (attribute.Flags & (byte)AttributeFlags.Optional) == 0 ? $"has flags 0x{attribute.Flags:X2}: set 0x80, for peers refuse an unknown attribute that is not optional"
                : attribute.Code <= previous ? $"comes after {previous}: give them in ascending order, each once"
                : null;
            if (fault is not null) throw new ArgumentException($"Unknown attribute {attribute.Code} {fault}.", nameof(attributes));
            previous = attribute.Code;
        }
    }

    /// <returns>All but the first.</returns>
    public static ReadOnlySpan<UnknownAttribute> WriteFirst(IBufferWriter<byte> output, ReadOnlySpan<UnknownAttribute> attributes)
    {
        UnknownAttribute attribute = attributes[0];
        const AttributeFlags Kept = AttributeFlags.Optional | AttributeFlags.Transitive | AttributeFlags.Partial;
        Span<byte> whole = AttributeHeader.Begin(output, (AttributeFlags)attribute.Flags & Kept, (AttributeCode)attribute.Code, attribute.Value.Length);
        attribute.Value.AsSpan().CopyTo(whole[^attribute.Value.Length..]);
        output.Advance(whole.Length);
        return attributes[1..];
    }
}
