using System.Buffers.Binary;

namespace BgpLoadBalancer.Bgp.Wire;

/// <summary>Finds message boundaries in a stream of octets and checks headers (RFC 4271 §6.1).</summary>
public static class MessageFramer
{
    /// <summary>Takes the first message of <paramref name="buffer"/>.</summary>
    /// <returns>False when octets are missing. A bad header throws as soon as its 19 octets are there.</returns>
    /// <exception cref="BgpProtocolException">1/1 for a marker that is not all ones, 1/2 for a length that is out of range or does not fit the type, 1/3 for an unknown type.</exception>
    public static bool TryRead(ReadOnlySpan<byte> buffer, in WireContext context, out MessageFrame frame)
    {
        frame = default;
        if (buffer.Length < MessageHeader.Length) return false;
        if (buffer[..MessageHeader.MarkerLength].ContainsAnyExcept((byte)0xFF))
        {
            throw new BgpProtocolException(
                BgpErrorCode.MessageHeaderError, HeaderErrorSubcode.ConnectionNotSynchronized, "The marker of a message is not all ones.");
        }

        ReadOnlySpan<byte> lengthField = buffer.Slice(MessageHeader.MarkerLength, 2);
        int length = BinaryPrimitives.ReadUInt16BigEndian(lengthField);
        byte type = buffer[18];
        if (length < MessageHeader.Length || length > context.MaxMessageLength) throw BadLength(length, type, lengthField);
        if (type is < (byte)BgpMessageType.Open or > (byte)BgpMessageType.RouteRefresh)
        {
            throw new BgpProtocolException(
                BgpErrorCode.MessageHeaderError, HeaderErrorSubcode.BadMessageType, $"Message type {type} is unknown.", buffer.Slice(18, 1));
        }

        if (!FitsType(length, (BgpMessageType)type)) throw BadLength(length, type, lengthField);
        if (buffer.Length < length) return false;
        frame = new MessageFrame((BgpMessageType)type, buffer[..length]);
        return true;
    }

    // The length of ROUTE-REFRESH has an error code of its own (RFC 7313 §5), which its reader gives.
    private static bool FitsType(int length, BgpMessageType type) => type switch
    {
        BgpMessageType.Open => length is >= 29 and <= MessageHeader.MaxStandardLength,
        BgpMessageType.Update => length >= 23,
        BgpMessageType.Notification => length >= 21,
        BgpMessageType.Keepalive => length == 19,
        _ => true,
    };

    private static BgpProtocolException BadLength(int length, byte type, ReadOnlySpan<byte> field) =>
        new(BgpErrorCode.MessageHeaderError, HeaderErrorSubcode.BadMessageLength, $"Length {length} does not fit a message of type {type}.", field);
}
