namespace BgpLoadBalancer.Bgp.Wire;

/// <summary>
/// What a peer sent, or a local decision, that ends the session with a NOTIFICATION of this code, subcode and data (RFC 4271 §6).
/// Only the session turns it into bytes.
/// </summary>
public sealed class BgpProtocolException : Exception
{
    public BgpProtocolException(BgpErrorCode code, byte subcode, string message, ReadOnlySpan<byte> data = default)
        : base(message)
    {
        Code = code;
        Subcode = subcode;
        Data = data.ToArray();
    }

    public BgpErrorCode Code { get; }

    public byte Subcode { get; }

    /// <summary>The data field of the NOTIFICATION, as the RFC's section for this error asks.</summary>
    public new ReadOnlyMemory<byte> Data { get; }
}
