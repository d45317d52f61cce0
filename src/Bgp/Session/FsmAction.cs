using BgpLoadBalancer.Bgp.Wire;

namespace BgpLoadBalancer.Bgp.Session;

internal enum FsmActionType : byte
{
    /// <summary>Start to dial.</summary>
    Dial,

    /// <summary>End the connection of the slot, or the dialling.</summary>
    Close,
    SendOpen,
    SendKeepalive,
    SendNotification,
    StartTimer,
    StopTimer,

    /// <summary>The session of the slot is Established: routes may flow.</summary>
    SessionUp,

    /// <summary>The Established session of the slot is over.</summary>
    SessionDown,
}

/// <summary>The named timers of RFC 4271 §8 and ours. Hold and keepalive timers belong to a slot, the others to the peer.</summary>
internal enum TimerName : byte
{
    ConnectRetry,
    IdleHold,
    FastRetry,
    HoldOutgoing,
    HoldIncoming,
    KeepaliveOutgoing,
    KeepaliveIncoming,
    SendHoldOutgoing,
    SendHoldIncoming,
}

/// <summary>How long a timer runs is the shell's to say; which of these lengths is meant is the machine's.</summary>
internal enum TimerLength : byte
{
    /// <summary>The time that one attempt to connect may take.</summary>
    ConnectAttempt,

    /// <summary>The pause before the next attempt, from <see cref="PeerState.Failures"/> and <see cref="PeerState.FastRetry"/>.</summary>
    RetryPause,

    /// <summary>The long hold time before the peer's OPEN (RFC 4271 §8.2.2, OpenSent).</summary>
    OpenHold,

    /// <summary>The negotiated hold time.</summary>
    Hold,

    /// <summary>The negotiated keepalive time.</summary>
    Keepalive,

    /// <summary>R24's two hold times.</summary>
    FastRetryWindow,
}

internal readonly record struct FsmAction(FsmActionType Type, ConnectionSlot Slot = ConnectionSlot.Outgoing)
{
    public TimerName Timer { get; init; }

    public TimerLength Length { get; init; }

    public NotificationMessage? Notification { get; init; }
}
