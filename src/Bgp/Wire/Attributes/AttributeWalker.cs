using System.Buffers.Binary;

namespace BgpLoadBalancer.Bgp.Wire.Attributes;

/// <summary>Goes from attribute to attribute by their lengths alone.</summary>
internal ref struct AttributeWalker(ReadOnlySpan<byte> attributes)
{
    private ReadOnlySpan<byte> _rest = attributes;

    public RawAttribute Current { get; private set; }

    /// <exception cref="BgpProtocolException">3/1: an attribute is cut off.</exception>
    public bool MoveNext()
    {
        if (_rest.IsEmpty) return false;
        int header = (_rest[0] & (byte)AttributeFlags.ExtendedLength) != 0 ? 4 : 3;
        if (_rest.Length < header) throw CutOff();
        int length = header == 4 ? BinaryPrimitives.ReadUInt16BigEndian(_rest[2..]) : _rest[2];
        if (_rest.Length - header < length) throw CutOff();
        Current = new RawAttribute(_rest[..(header + length)], header);
        _rest = _rest[(header + length)..];
        return true;
    }

    /// <summary>The first attribute of that code.</summary>
    public static bool TryFind(ReadOnlySpan<byte> attributes, AttributeCode code, out RawAttribute attribute)
    {
        AttributeWalker walker = new(attributes);
        while (walker.MoveNext())
        {
            if (walker.Current.Code != code) continue;
            attribute = walker.Current;
            return true;
        }

        attribute = default;
        return false;
    }

    private readonly BgpProtocolException CutOff() => new(
        BgpErrorCode.UpdateMessageError,
        UpdateErrorSubcode.MalformedAttributeList,
        $"The path attributes do not add up: the last one is cut off after {_rest.Length} octets.");
}
