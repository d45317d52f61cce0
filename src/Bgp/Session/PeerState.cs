namespace BgpLoadBalancer.Bgp.Session;

/// <summary>Where one connection of a peer stands.</summary>
internal enum SlotState : byte
{
    Closed,

    /// <summary>Being dialled; of the outgoing slot only.</summary>
    Connecting,
    OpenSent,
    OpenConfirm,
    Established,
}

/// <summary>Whether retries are at R24's one second.</summary>
internal enum FastRetryPhase : byte
{
    Unused,
    Running,

    /// <summary>The window is over; a new one opens only after a session was Established.</summary>
    Spent,
}

/// <summary>All that the state machine remembers of a peer. A value: a step gives a new one.</summary>
internal readonly record struct PeerState(bool Dials, bool Listens)
{
    /// <summary>Started and not stopped.</summary>
    public bool Running { get; init; }

    /// <summary>Waiting in Idle after an error of the peer's, refusing connections.</summary>
    public bool IdleHold { get; init; }

    public SlotState Outgoing { get; init; }

    public SlotState Incoming { get; init; }

    /// <summary>Attempts that failed since a session was last Established: the exponent of the back-off.</summary>
    public int Failures { get; init; }

    public FastRetryPhase FastRetry { get; init; }

    public BgpSessionState State
    {
        get
        {
            SlotState furthest = Outgoing > Incoming ? Outgoing : Incoming;
            return furthest switch
            {
                SlotState.Established => BgpSessionState.Established,
                SlotState.OpenConfirm => BgpSessionState.OpenConfirm,
                SlotState.OpenSent => BgpSessionState.OpenSent,
                SlotState.Connecting => BgpSessionState.Connect,
                _ => Running && !IdleHold ? BgpSessionState.Active : BgpSessionState.Idle,
            };
        }
    }

    public SlotState this[ConnectionSlot slot] => slot == ConnectionSlot.Outgoing ? Outgoing : Incoming;

    public PeerState With(ConnectionSlot slot, SlotState state) =>
        slot == ConnectionSlot.Outgoing ? this with { Outgoing = state } : this with { Incoming = state };
}
