namespace BgpLoadBalancer.Bgp.Wire;

/// <summary>NOTIFICATION (RFC 4271 §4.5).</summary>
public sealed record NotificationMessage(BgpErrorCode Code, byte Subcode, ReadOnlyMemory<byte> Data);
