using BgpLoadBalancer.Bgp.Wire;
using static BgpLoadBalancer.Bgp.Session.FsmActionType;

namespace BgpLoadBalancer.Bgp.Session;

/// <summary>The transitions of <see cref="PeerStateMachine"/> that change a state; each builds its list of actions in order.</summary>
internal static class FsmTransitions
{
    private static readonly ConnectionSlot[] s_slots = [ConnectionSlot.Outgoing, ConnectionSlot.Incoming];

    /// <summary>ManualStart, or the end of an idle hold: the first attempt is immediate (R42).</summary>
    public static FsmStep Start(in PeerState state, in FsmEvent e)
    {
        if (!state.Dials) return new(state, [], PeerStateMachine.Reason(e));
        List<FsmAction> actions = [];
        return new(Dial(state, actions), actions, PeerStateMachine.Reason(e));
    }

    public static FsmStep Stop(in PeerState state, in FsmEvent e)
    {
        List<FsmAction> actions = [];
        PeerState next = CloseAll(state, e.Notification, actions);
        actions.Add(new(StopTimer) { Timer = TimerName.ConnectRetry });
        actions.Add(new(StopTimer) { Timer = TimerName.IdleHold });
        actions.Add(new(StopTimer) { Timer = TimerName.FastRetry });
        return new(
            next with { Running = false, IdleHold = false, Failures = 0, FastRetry = FastRetryPhase.Unused },
            actions,
            PeerStateMachine.Reason(e));
    }

    /// <summary>AutomaticStop: everything is closed as in a stop, but the peer goes on, and what failed before counts no more: somebody has seen to it.</summary>
    public static FsmStep Reset(in PeerState state, in FsmEvent e)
    {
        List<FsmAction> actions = [];
        PeerState next = CloseAll(state, e.Notification, actions) with { Failures = 0 };
        if (next.IdleHold)
        {
            actions.Add(new(StopTimer) { Timer = TimerName.IdleHold });
            next = next with { IdleHold = false };
        }

        if (next.Running && next.Dials) actions.Add(RetryTimer());
        return new(next, actions, PeerStateMachine.Reason(e));
    }

    public static FsmStep Retry(in PeerState state, in FsmEvent e)
    {
        // With a session under way on the other slot there is nothing to dial for; losing that one starts the timer again.
        if (!state.Running || state.IdleHold || !state.Dials || state.Outgoing > SlotState.Connecting || state.Incoming >= SlotState.OpenConfirm)
        {
            return new(state, [], PeerStateMachine.Reason(e));
        }

        List<FsmAction> actions = [];
        if (state.Outgoing == SlotState.Connecting)
        {
            // The attempt has taken too long: RFC 4271 drops it and begins another (Connect state, event 9).
            actions.Add(new(Close, ConnectionSlot.Outgoing));
            PeerState failed = Count(state with { Outgoing = SlotState.Closed });
            actions.Add(RetryTimer());
            return new(failed, actions, PeerStateMachine.Reason(e));
        }

        return new(Dial(state, actions), actions, PeerStateMachine.Reason(e));
    }

    public static FsmStep Connected(in PeerState state, in FsmEvent e)
    {
        List<FsmAction> actions = [new(StopTimer) { Timer = TimerName.ConnectRetry }];
        return new(SendOpenOn(state, ConnectionSlot.Outgoing, actions), actions, PeerStateMachine.Reason(e));
    }

    public static FsmStep Accept(in PeerState state, in FsmEvent e)
    {
        List<FsmAction> actions = [];
        string reason = PeerStateMachine.Reason(e);
        bool busy = state.Incoming == SlotState.Established && !e.MayReplaceEstablished;
        if (!state.Running || state.IdleHold || !state.Listens || busy)
        {
            // The shell holds the newcomer apart until it is accepted; only that one is refused.
            return new(state, s_refuse, reason);
        }

        PeerState next = state;
        if (next.Incoming == SlotState.Established)
        {
            // RFC 4724 §4.2: the peer has restarted; its old connection is closed without a NOTIFICATION.
            next = CloseSlot(next, ConnectionSlot.Incoming, null, actions);
        }
        else if (next.Incoming != SlotState.Closed)
        {
            // A peer that dials again has given its earlier attempt up.
            next = CloseSlot(next, ConnectionSlot.Incoming, Cease(CeaseSubcode.ConnectionCollisionResolution), actions);
        }

        return new(SendOpenOn(next, ConnectionSlot.Incoming, actions), actions, reason);
    }

    private static readonly FsmAction[] s_refuse = [];

    /// <summary>
    /// BGPOpen, with the collision detection of RFC 4271 §6.8. The connection that loses is closed at once when it is the new one,
    /// but an older one only when the peer has confirmed the new one: its OPEN may have been on the way while it decided otherwise.
    /// </summary>
    public static FsmStep Open(in PeerState state, in FsmEvent e)
    {
        List<FsmAction> actions = [];
        ConnectionSlot other = 1 - e.Slot;
        string reason = PeerStateMachine.Reason(e);
        bool otherEstablished = state[other] == SlotState.Established;
        bool collides = state[other] == SlotState.OpenConfirm || (otherEstablished && state.Contested);
        bool favoured = e.Slot == (e.Collision == CollisionVerdict.KeepOutgoing ? ConnectionSlot.Outgoing : ConnectionSlot.Incoming);
        if (collides ? !favoured : otherEstablished && !e.MayReplaceEstablished)
        {
            return new(CloseSlot(state, e.Slot, Cease(CeaseSubcode.ConnectionCollisionResolution), actions), actions, reason + "; connection collision, the other stays");
        }

        actions.Add(new(SendKeepalive, e.Slot));
        actions.Add(PeerStateMachine.Hold(e.Slot));
        actions.Add(PeerStateMachine.Keepalive(e.Slot));
        PeerState next = state.With(e.Slot, SlotState.OpenConfirm);
        return new(collides ? next with { Contested = true, Preferred = e.Slot } : next, actions, reason);
    }

    public static FsmStep Establish(in PeerState state, in FsmEvent e)
    {
        List<FsmAction> actions = [];
        ConnectionSlot other = 1 - e.Slot;
        PeerState next = state[other] switch
        {
            // A connection that may still win is decided about when the peer's OPEN, or its confirmation, comes.
            SlotState.OpenSent => state with { Contested = true },
            SlotState.OpenConfirm when state.Preferred == other => state,
            // RFC 4724 §4.2: what a restarted peer has left behind is closed without a NOTIFICATION.
            SlotState.Established when !state.Contested => CloseSlot(state, other, null, actions),
            _ => CloseSlot(state, other, Cease(CeaseSubcode.ConnectionCollisionResolution), actions),
        };
        actions.Add(new(StopTimer) { Timer = TimerName.ConnectRetry });
        actions.Add(new(StopTimer) { Timer = TimerName.FastRetry });
        actions.Add(PeerStateMachine.Hold(e.Slot));
        actions.Add(new(SessionUp, e.Slot));
        return new(
            next.With(e.Slot, SlotState.Established) with { Failures = 0, FastRetry = FastRetryPhase.Unused },
            actions,
            PeerStateMachine.Reason(e));
    }

    /// <summary>TcpConnectionFails: a reset while the OPENs are exchanged is how some routers say "somebody else has this session" (R24).</summary>
    public static FsmStep ConnectionLost(in PeerState state, in FsmEvent e)
    {
        bool duringOpen = state[e.Slot] is SlotState.OpenSent or SlotState.OpenConfirm;
        return End(state, e, idle: false, null, fastRetry: duringOpen);
    }

    public static FsmStep Notified(in PeerState state, in FsmEvent e) => End(state, e, idle: false, null, fastRetry: e.IsCollisionCease);

    /// <summary>One connection ends. Without another the peer waits: in Idle after an error of the peer's, else in Active.</summary>
    public static FsmStep End(in PeerState state, in FsmEvent e, bool idle, NotificationMessage? notification, bool fastRetry = false)
    {
        List<FsmAction> actions = [];
        bool wasEstablished = state[e.Slot] == SlotState.Established;
        PeerState next = CloseSlot(state, e.Slot, notification, actions);
        string reason = PeerStateMachine.Reason(e);
        if (!next.Running) return new(next, actions, reason);
        if (next[1 - e.Slot] != SlotState.Closed)
        {
            // The other connection may come to nothing; until it is further, dialling goes on beside it.
            if (next.Dials && next.Outgoing == SlotState.Closed && next.Incoming < SlotState.OpenConfirm) actions.Add(RetryTimer());
            return new(next, actions, reason);
        }

        // Losing a session counts as no failed attempt; losing an attempt does.
        if (!wasEstablished || idle) next = Count(next);
        if (fastRetry && next.FastRetry == FastRetryPhase.Unused)
        {
            next = next with { FastRetry = FastRetryPhase.Running };
            actions.Add(new(StartTimer) { Timer = TimerName.FastRetry, Length = TimerLength.FastRetryWindow });
        }

        if (idle)
        {
            actions.Add(new(StopTimer) { Timer = TimerName.ConnectRetry });
            actions.Add(new(StartTimer) { Timer = TimerName.IdleHold, Length = TimerLength.RetryPause });
            next = next with { IdleHold = true };
        }
        else if (next.Dials)
        {
            actions.Add(RetryTimer());
        }

        return new(next, actions, reason);
    }

    private static PeerState Dial(in PeerState state, List<FsmAction> actions)
    {
        actions.Add(new(FsmActionType.Dial, ConnectionSlot.Outgoing));
        actions.Add(new(StartTimer) { Timer = TimerName.ConnectRetry, Length = TimerLength.ConnectAttempt });
        return state with { Outgoing = SlotState.Connecting };
    }

    private static PeerState SendOpenOn(in PeerState state, ConnectionSlot slot, List<FsmAction> actions)
    {
        actions.Add(new(SendOpen, slot));
        actions.Add(PeerStateMachine.Hold(slot, TimerLength.OpenHold));
        return state.With(slot, SlotState.OpenSent);
    }

    private static PeerState CloseAll(in PeerState state, NotificationMessage? notification, List<FsmAction> actions)
    {
        PeerState next = state;
        foreach (ConnectionSlot slot in s_slots) next = CloseSlot(next, slot, notification, actions);
        return next;
    }

    private static PeerState CloseSlot(in PeerState state, ConnectionSlot slot, NotificationMessage? notification, List<FsmAction> actions)
    {
        SlotState was = state[slot];
        if (was == SlotState.Closed) return state;
        if (was == SlotState.Established) actions.Add(new(SessionDown, slot));
        if (was > SlotState.Connecting && notification is not null) actions.Add(new(SendNotification, slot) { Notification = notification });
        actions.Add(new(Close, slot));
        return state.With(slot, SlotState.Closed) with { Contested = false, Preferred = null };
    }

    private static PeerState Count(in PeerState state) => state with { Failures = Math.Min(state.Failures + 1, 30) };

    private static FsmAction RetryTimer() => new(StartTimer) { Timer = TimerName.ConnectRetry, Length = TimerLength.RetryPause };

    private static NotificationMessage Cease(byte subcode) => PeerStateMachine.Notify(BgpErrorCode.Cease, subcode);
}
