using System.Buffers;
using System.Buffers.Binary;

namespace BgpLoadBalancer.Bgp.Wire.Attributes;

/// <summary>Flags, code and length in front of a value to write (RFC 4271 §4.3).</summary>
internal static class AttributeHeader
{
    /// <summary>Octets with the extended length.</summary>
    public const int ExtendedLength = 4;

    public static int LengthFor(int valueLength) => valueLength > byte.MaxValue ? ExtendedLength : 3;

    /// <summary>Makes room for an attribute and writes its header; the extended-length flag is set when needed.</summary>
    /// <returns>The whole attribute, its value still to fill; the caller advances the output by it.</returns>
    /// <exception cref="ArgumentException">The value is longer than 65,535 octets.</exception>
    public static Span<byte> Begin(IBufferWriter<byte> output, AttributeFlags flags, AttributeCode code, int valueLength)
    {
        if (valueLength > ushort.MaxValue)
        {
            throw new ArgumentException($"Path attribute {AttributeTable.NameOf(code)} would have {valueLength} octets; {ushort.MaxValue} is the most.", nameof(valueLength));
        }

        int header = LengthFor(valueLength);
        Span<byte> whole = output.GetSpan(header + valueLength)[..(header + valueLength)];
        whole[1] = (byte)code;
        if (header == ExtendedLength)
        {
            whole[0] = (byte)(flags | AttributeFlags.ExtendedLength);
            BinaryPrimitives.WriteUInt16BigEndian(whole[2..], (ushort)valueLength);
        }
        else
        {
            whole[0] = (byte)flags;
            whole[2] = (byte)valueLength;
        }

        return whole;
    }
}
