using System.Buffers.Binary;

namespace BgpLoadBalancer.Bench.Receiver;

/// <summary>The two messages that the receiver sends, made by hand so that nothing of what is measured is in them.</summary>
internal static class OpenMessage
{
    private const int HeaderLength = 19;
    private const ushort HoldTimeSeconds = 240;

    public static byte[] Keepalive { get; } = Frame(4, []);

    /// <summary>OPEN (RFC 4271 §4.2) with multiprotocol IPv4, four-octet ASN and, when asked, ADD-PATH receive (RFC 7911 §4).</summary>
    public static byte[] Create(uint asn, uint identifier, bool addPath)
    {
        List<byte> capabilities = [1, 4, 0, 1, 0, 1, 65, 4, .. BigEndian(asn)];
        if (addPath) capabilities.AddRange([69, 4, 0, 1, 1, 1]);
        byte[] body =
        [
            4,
            .. BigEndian(asn)[2..],
            HoldTimeSeconds >> 8, HoldTimeSeconds & 0xFF,
            .. BigEndian(identifier),
            (byte)(capabilities.Count + 2),
            2, (byte)capabilities.Count,
            .. capabilities,
        ];
        return Frame(1, body);
    }

    private static byte[] Frame(byte type, ReadOnlySpan<byte> body)
    {
        byte[] message = new byte[HeaderLength + body.Length];
        message.AsSpan(0, 16).Fill(0xFF);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(16), (ushort)message.Length);
        message[18] = type;
        body.CopyTo(message.AsSpan(HeaderLength));
        return message;
    }

    private static byte[] BigEndian(uint value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }
}
