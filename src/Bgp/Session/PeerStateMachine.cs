using BgpLoadBalancer.Bgp.Wire;

namespace BgpLoadBalancer.Bgp.Session;

/// <summary>What a step gives: the new state, what to do in this order, and why, in words (empty for the steps of an Established session that change nothing).</summary>
internal readonly record struct FsmStep(PeerState State, IReadOnlyList<FsmAction> Actions, string Reason);

/// <summary>
/// The state machine of RFC 4271 §8.2.2 for a peer with two connection slots, as a pure function. A message that is not
/// expected in the state of its connection is answered by a Finite State Machine Error with RFC 6608's subcode.
/// </summary>
internal static class PeerStateMachine
{
    private static readonly FsmAction[] s_nothing = [];

    // An Established session's messages only restart the hold timer: these steps allocate nothing.
    private static readonly FsmAction[][] s_restartHold = [[Hold(ConnectionSlot.Outgoing)], [Hold(ConnectionSlot.Incoming)]];
    private static readonly FsmAction[][] s_keepalive =
    [
        [new(FsmActionType.SendKeepalive, ConnectionSlot.Outgoing), Keepalive(ConnectionSlot.Outgoing)],
        [new(FsmActionType.SendKeepalive, ConnectionSlot.Incoming), Keepalive(ConnectionSlot.Incoming)],
    ];

    public static FsmStep Step(in PeerState state, in FsmEvent e) => e.Type switch
    {
        FsmEventType.ManualStart => state.Running ? Ignore(state, e) : FsmTransitions.Start(state with { Running = true }, e),
        FsmEventType.ManualStop => FsmTransitions.Stop(state, e),
        FsmEventType.AutomaticStop => FsmTransitions.Reset(state, e),
        FsmEventType.IdleHoldTimerExpires => state.IdleHold ? FsmTransitions.Start(state with { IdleHold = false }, e) : Ignore(state, e),
        FsmEventType.ConnectRetryTimerExpires => FsmTransitions.Retry(state, e),
        FsmEventType.FastRetryTimerExpires => new(state with { FastRetry = FastRetryPhase.Spent }, s_nothing, Reason(e)),
        FsmEventType.TcpConnectionConfirmed => FsmTransitions.Accept(state, e),
        // Whatever concerns a connection that is gone already came too late to matter.
        _ when state[e.Slot] == SlotState.Closed => Ignore(state, e),
        FsmEventType.TcpCRAcked => state.Outgoing == SlotState.Connecting ? FsmTransitions.Connected(state, e) : Ignore(state, e),
        FsmEventType.TcpConnectionFails => FsmTransitions.ConnectionLost(state, e),
        FsmEventType.BgpOpen => state[e.Slot] == SlotState.OpenSent ? FsmTransitions.Open(state, e) : Unexpected(state, e),
        FsmEventType.KeepAliveMsg => state[e.Slot] switch
        {
            SlotState.OpenConfirm => FsmTransitions.Establish(state, e),
            SlotState.Established => new(state, s_restartHold[(int)e.Slot], ""),
            _ => Unexpected(state, e),
        },
        FsmEventType.UpdateMsg => state[e.Slot] == SlotState.Established
            ? new(state, s_restartHold[(int)e.Slot], "")
            : Unexpected(state, e),
        FsmEventType.KeepaliveTimerExpires => new(state, s_keepalive[(int)e.Slot], ""),
        FsmEventType.NotifMsg => FsmTransitions.Notified(state, e),
        FsmEventType.HoldTimerExpires => FsmTransitions.End(state, e, idle: false, Notify(BgpErrorCode.HoldTimerExpired, 0)),
        FsmEventType.SendHoldTimerExpires => FsmTransitions.End(state, e, idle: false, null),
        FsmEventType.BgpHeaderErr or FsmEventType.BgpOpenMsgErr or FsmEventType.UpdateMsgErr =>
            FsmTransitions.End(state, e, idle: true, e.Notification),
        _ => Ignore(state, e),
    };

    public static string Reason(in FsmEvent e) => e.Cause is null ? e.Type.ToString() : $"{e.Type}: {e.Cause}";

    public static FsmAction Hold(ConnectionSlot slot, TimerLength length = TimerLength.Hold) =>
        new(FsmActionType.StartTimer, slot) { Timer = slot == ConnectionSlot.Outgoing ? TimerName.HoldOutgoing : TimerName.HoldIncoming, Length = length };

    public static FsmAction Keepalive(ConnectionSlot slot) =>
        new(FsmActionType.StartTimer, slot) { Timer = slot == ConnectionSlot.Outgoing ? TimerName.KeepaliveOutgoing : TimerName.KeepaliveIncoming, Length = TimerLength.Keepalive };

    public static NotificationMessage Notify(BgpErrorCode code, byte subcode) => new(code, subcode, ReadOnlyMemory<byte>.Empty);

    private static FsmStep Ignore(in PeerState state, in FsmEvent e) => new(state, s_nothing, Reason(e));

    // RFC 6608: subcode 1, 2, 3 for OpenSent, OpenConfirm, Established.
    private static FsmStep Unexpected(in PeerState state, in FsmEvent e)
    {
        SlotState slot = state[e.Slot];
        FsmEvent named = e with { Cause = $"unexpected in {slot}" };
        return slot == SlotState.Connecting
            ? Ignore(state, e)
            : FsmTransitions.End(state, named, idle: true, Notify(BgpErrorCode.FiniteStateMachineError, (byte)(slot - SlotState.OpenSent + 1)));
    }
}
