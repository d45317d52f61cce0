using System.Buffers;
using System.Buffers.Binary;

namespace BgpLoadBalancer.Bgp.Wire;

/// <summary>ROUTE-REFRESH (RFC 2918 §3).</summary>
/// <param name="Subtype">0 asks for the routes; 1 and 2 are the beginning and the end of an answer (RFC 7313 §3). Others are to be ignored.</param>
public sealed record RouteRefreshMessage(BgpAddressFamily Family, byte Subtype)
{
    private const int BodyLength = 4;

    /// <summary>Reads what follows the header.</summary>
    /// <exception cref="BgpProtocolException">7/1 with the whole message as data: the body does not have four octets.</exception>
    public static RouteRefreshMessage Read(ReadOnlySpan<byte> body)
    {
        // A subtype of the future may be longer; RFC 7313 §5 has it ignored, not refused.
        if (body.Length < BodyLength || (body.Length > BodyLength && body[2] <= 2)) throw BadLength(body);
        uint afi = BinaryPrimitives.ReadUInt16BigEndian(body);
        return new RouteRefreshMessage((BgpAddressFamily)((afi << 16) | body[3]), body[2]);
    }

    public void Write(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        const int Length = MessageHeader.Length + BodyLength;
        Span<byte> message = output.GetSpan(Length);
        MessageHeader.Write(message, BgpMessageType.RouteRefresh, Length);
        Span<byte> body = message[MessageHeader.Length..];
        BinaryPrimitives.WriteUInt16BigEndian(body, (ushort)((uint)Family >> 16));
        body[2] = Subtype;
        body[3] = (byte)Family;
        output.Advance(Length);
    }

    private static BgpProtocolException BadLength(ReadOnlySpan<byte> body)
    {
        byte[] message = new byte[MessageHeader.Length + body.Length];
        MessageHeader.Write(message, BgpMessageType.RouteRefresh, message.Length);
        body.CopyTo(message.AsSpan(MessageHeader.Length));
        return new BgpProtocolException(
            BgpErrorCode.RouteRefreshMessageError,
            RouteRefreshErrorSubcode.InvalidMessageLength,
            $"A ROUTE-REFRESH has {body.Length} octets after its header instead of {BodyLength}.",
            message);
    }
}
