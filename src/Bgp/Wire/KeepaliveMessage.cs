using System.Buffers;

namespace BgpLoadBalancer.Bgp.Wire;

/// <summary>KEEPALIVE (RFC 4271 §4.4): a header and nothing else.</summary>
public static class KeepaliveMessage
{
    public static void Write(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        MessageHeader.Write(output.GetSpan(MessageHeader.Length), BgpMessageType.Keepalive, MessageHeader.Length);
        output.Advance(MessageHeader.Length);
    }
}
