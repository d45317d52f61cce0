using System.Buffers;

namespace BgpLoadBalancer.Bgp.Wire;

/// <summary>NOTIFICATION (RFC 4271 §4.5).</summary>
public sealed record NotificationMessage(BgpErrorCode Code, byte Subcode, ReadOnlyMemory<byte> Data)
{
    private const int MaxDataLength = MessageHeader.MaxStandardLength - MessageHeader.Length - 2;

    /// <summary>Code and subcode in words, such as "Cease: Administrative Shutdown".</summary>
    public string Meaning => NotificationMeaning.Of(this);

    /// <summary>What the peer's operator has to say about a shutdown or reset (RFC 9003); null when nothing, or nothing legible, was said.
    /// Control characters and broken UTF-8 are replaced, so it is safe to log.</summary>
    public string? ShutdownText => Encapsulated is { } inner ? ShutdownCommunication.Read(inner) : ShutdownCommunication.Read(this);

    /// <summary>The NOTIFICATION inside a hard reset (RFC 8538 §3); null for any other.</summary>
    public NotificationMessage? Encapsulated =>
        Code == BgpErrorCode.Cease && Subcode == CeaseSubcode.HardReset && Data.Length >= 2
            ? new NotificationMessage((BgpErrorCode)Data.Span[0], Data.Span[1], Data[2..])
            : null;

    /// <summary>The message that answers a protocol error.</summary>
    public static NotificationMessage From(BgpProtocolException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return new NotificationMessage(exception.Code, exception.Subcode, exception.Data);
    }

    /// <summary>A Cease of our own will.</summary>
    /// <param name="subcode">One of <see cref="CeaseSubcode"/>.</param>
    /// <param name="text">For the peer's operator, with 6/2 and 6/4 only; cut after 255 octets of UTF-8.</param>
    /// <exception cref="ArgumentException">A text with another subcode.</exception>
    public static NotificationMessage Shutdown(byte subcode, string? text = null) =>
        new(BgpErrorCode.Cease, subcode, ShutdownCommunication.Write(subcode, text));

    /// <summary>Wraps <paramref name="inner"/> so that a peer with the N bit drops our routes all the same (RFC 8538 §3).</summary>
    public static NotificationMessage HardReset(NotificationMessage inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        return new NotificationMessage(BgpErrorCode.Cease, CeaseSubcode.HardReset, (byte[])[(byte)inner.Code, inner.Subcode, .. inner.Data.Span]);
    }

    /// <summary>Reads what follows the header, at least two octets (which the framer has made sure of).</summary>
    /// <exception cref="BgpProtocolException">1/2: fewer octets. It is not to be answered (RFC 4271 §6.4).</exception>
    public static NotificationMessage Read(ReadOnlySpan<byte> body) => body.Length >= 2
        ? new NotificationMessage((BgpErrorCode)body[0], body[1], body[2..].ToArray())
        : throw new BgpProtocolException(BgpErrorCode.MessageHeaderError, HeaderErrorSubcode.BadMessageLength, $"A NOTIFICATION has {body.Length} octets after its header.");

    /// <summary>Writes it; data that would make the message longer than 4,096 octets is cut off.</summary>
    public void Write(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        ReadOnlySpan<byte> data = Data.Span[..Math.Min(Data.Length, MaxDataLength)];
        int length = MessageHeader.Length + 2 + data.Length;
        Span<byte> message = output.GetSpan(length);
        MessageHeader.Write(message, BgpMessageType.Notification, length);
        message[MessageHeader.Length] = (byte)Code;
        message[MessageHeader.Length + 1] = Subcode;
        data.CopyTo(message[(MessageHeader.Length + 2)..]);
        output.Advance(length);
    }

    public bool Equals(NotificationMessage? other) =>
        other is not null && Code == other.Code && Subcode == other.Subcode && Data.Span.SequenceEqual(other.Data.Span);

    public override int GetHashCode() => HashCode.Combine(Code, Subcode, Data.Length);
}
