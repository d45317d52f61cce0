namespace BgpLoadBalancer.Bgp.Wire;

/// <summary>One whole message in a receive buffer, its header checked.</summary>
public readonly ref struct MessageFrame
{
    internal MessageFrame(BgpMessageType type, ReadOnlySpan<byte> message)
    {
        Type = type;
        Message = message;
    }

    public BgpMessageType Type { get; }

    /// <summary>The whole message, header included.</summary>
    public ReadOnlySpan<byte> Message { get; }

    /// <summary>What follows the header.</summary>
    public ReadOnlySpan<byte> Body => Message[MessageHeader.Length..];

    /// <summary>Octets of the whole message: what to take off the buffer.</summary>
    public int Length => Message.Length;
}
