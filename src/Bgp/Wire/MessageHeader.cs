using System.Buffers.Binary;

namespace BgpLoadBalancer.Bgp.Wire;

/// <summary>The 19 octets before every message (RFC 4271 §4.1): marker, length, type.</summary>
public static class MessageHeader
{
    /// <summary>Octets of the header.</summary>
    public const int Length = 19;

    internal const int MarkerLength = 16;

    /// <summary>The longest message of any type without RFC 8654, and of OPEN and KEEPALIVE with it.</summary>
    internal const int MaxStandardLength = 4_096;

    /// <summary>Writes the header to the start of <paramref name="destination"/>.</summary>
    /// <param name="messageLength">Octets of the whole message, header included: 19 to 65,535.</param>
    public static void Write(Span<byte> destination, BgpMessageType type, int messageLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(messageLength, Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(messageLength, ushort.MaxValue);
        destination[..MarkerLength].Fill(0xFF);
        BinaryPrimitives.WriteUInt16BigEndian(destination[MarkerLength..], (ushort)messageLength);
        destination[18] = (byte)type;
    }
}
