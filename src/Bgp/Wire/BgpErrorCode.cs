namespace BgpLoadBalancer.Bgp.Wire;

/// <summary>NOTIFICATION error codes (RFC 4271 §4.5, RFC 7313 for the last).</summary>
public enum BgpErrorCode : byte
{
    MessageHeaderError = 1,
    OpenMessageError = 2,
    UpdateMessageError = 3,
    HoldTimerExpired = 4,
    FiniteStateMachineError = 5,
    Cease = 6,
    RouteRefreshMessageError = 7,

    /// <summary>RFC 9687; told to nobody, since the peer does not read.</summary>
    SendHoldTimerExpired = 8,
}
