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

    /// <summary>
    /// Two connections are undecided: one is Established or about to be while the other, begun before that, may still win by the
    /// identifiers. Which one stays is settled when the peer confirms it, since each side learns of the collision at another time.
    /// </summary>
    public bool Contested { get; init; }

    /// <summary>The connection that the identifiers favour, once that is known of a contested pair.</summary>
    public ConnectionSlot? Preferred { get; init; }

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
