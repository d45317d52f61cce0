using BgpLoadBalancer.Bgp.Wire;

namespace BgpLoadBalancer.Bgp.Session;

/// <summary>
/// The events of RFC 4271 §8.1 under its names and numbers. Missing are those of options that we do not have: DelayOpen (12,
/// 20), the passive and damped starts (4 to 7: passive is a property of the peer), and 24, which is a case of 25.
/// </summary>
internal enum FsmEventType
{
    ManualStart = 1,
    ManualStop = 2,
    AutomaticStop = 8,
    ConnectRetryTimerExpires = 9,
    HoldTimerExpires = 10,
    KeepaliveTimerExpires = 11,
    IdleHoldTimerExpires = 13,
    TcpCRAcked = 16,
    TcpConnectionConfirmed = 17,
    TcpConnectionFails = 18,
    BgpOpen = 19,
    BgpHeaderErr = 21,
    BgpOpenMsgErr = 22,
    NotifMsg = 25,
    KeepAliveMsg = 26,
    UpdateMsg = 27,
    UpdateMsgErr = 28,

    /// <summary>Not the RFC's: the window in which R24's short retry holds is over.</summary>
    FastRetryTimerExpires = 101,

    /// <summary>Not the RFC's: our bytes have not left for too long (RFC 9687).</summary>
    SendHoldTimerExpires = 102,
}

/// <summary>The two connections that a peer can have at one time: the one that we dialled and the one that we accepted.</summary>
internal enum ConnectionSlot : byte
{
    Outgoing = 0,
    Incoming = 1,
}

/// <summary>What a message or close says about who wins, decided from the OPEN before the machine sees it (RFC 4271 §6.8).</summary>
internal enum CollisionVerdict : byte
{
    /// <summary>Ours is the higher BGP Identifier: the connection that we dialled stays.</summary>
    KeepOutgoing,

    /// <summary>The peer's is: the one that it dialled stays.</summary>
    KeepIncoming,
}

/// <summary>One event with what the machine needs to decide on it.</summary>
/// <param name="Slot">The connection concerned; ignored by events that concern the peer.</param>
/// <param name="Cause">For people: what happened, in a few words.</param>
internal readonly record struct FsmEvent(FsmEventType Type, ConnectionSlot Slot = ConnectionSlot.Outgoing, string? Cause = null)
{
    /// <summary>What to tell the peer when the event ends a connection; null means nothing is sent.</summary>
    public NotificationMessage? Notification { get; init; }

    /// <summary>With <see cref="FsmEventType.BgpOpen"/>.</summary>
    public CollisionVerdict Collision { get; init; }

    /// <summary>The Established session promised graceful restart, so a new connection of the peer replaces it (RFC 4724 §4.2).</summary>
    public bool MayReplaceEstablished { get; init; }

    /// <summary>A NOTIFICATION that says "somebody else has this session": Cease 6/7 (R24).</summary>
    public bool IsCollisionCease { get; init; }
}
