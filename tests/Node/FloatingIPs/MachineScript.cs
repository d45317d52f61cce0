using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Node.FloatingIPs;

namespace BgpLoadBalancer.Node.Tests.FloatingIPs;

/// <summary>Drives the state machine of a floating IP on node "a" by hand, in virtual time, with the default durations.</summary>
internal sealed class MachineScript(FloatingIPSettings? settings = null)
{
    // A monotonic clock starts anywhere.
    private static readonly TimeSpan s_zero = TimeSpan.FromDays(3);

    private readonly FloatingIPMachine _machine = new("a", settings ?? new());
    private readonly List<FloatingIPAction> _seen = [];
    private TimeSpan _now = s_zero;

    public FloatingIPState State { get; private set; } = FloatingIPState.Initial;

    /// <summary>Seconds since the script began.</summary>
    public double Now => (_now - s_zero).TotalSeconds;

    /// <summary>What the last call led to, timers aside.</summary>
    public IReadOnlyList<FloatingIPAction> Actions { get; private set; } = [];

    public string[] ActionNames => [.. Actions.Where(action => action is not Report).Select(action => action.GetType().Name)];

    public static LeaseResource Lease(int version, string? holder, int duration = 15, DateTimeOffset? renewed = null) => new()
    {
        Metadata = new() { Name = "lease", ResourceVersion = $"{version}" },
        Holder = holder,
        DurationSeconds = duration,
        RenewTime = renewed,
    };

    public static TimeSpan At(double seconds) => s_zero + TimeSpan.FromSeconds(seconds);

    /// <summary>The newest action of a kind, ever.</summary>
    public T Last<T>()
        where T : FloatingIPAction => _seen.OfType<T>().Last();

    public int Count<T>()
        where T : FloatingIPAction => _seen.OfType<T>().Count();

    public MachineScript Send(Func<TimeSpan, FloatingIPEvent> e)
    {
        Actions = Step(e(_now));
        return this;
    }

    /// <summary>Lets time pass, with all ticks on the way.</summary>
    public MachineScript GoTo(double seconds)
    {
        List<FloatingIPAction> actions = [];
        while (State.Timer is { } timer && timer <= At(seconds))
        {
            Assert.True(timer > _now, "A timer for now would never let time pass.");
            _now = timer;
            actions.AddRange(Step(new Tick(timer)));
        }

        _now = At(seconds);
        Actions = actions;
        return this;
    }

    public MachineScript Place(FloatingIPPlacement placement) => Send(now => new PlacementChanged(now, placement));

    public MachineScript Read(LeaseResource? lease) => Send(now => new LeaseRead(now, Last<ReadLease>().Operation, lease));

    public MachineScript Watch(LeaseResource? lease) => Send(now => new LeaseWatched(now, lease));

    /// <param name="sent">Seconds since the script began.</param>
    public MachineScript Written(int version, double sent, string? holder = "a") =>
        Send(now => new WriteSucceeded(now, Last<WriteLease>().Operation, At(sent), Lease(version, holder)));

    public MachineScript Conflict() => Send(now => new WriteConflicted(now, Last<WriteLease>().Operation));

    public MachineScript WriteFails() => Send(now => new StoreFailed(now, Last<WriteLease>().Operation, "away"));

    public MachineScript Removed() => Send(now => new AddressRemoved(now, Last<RemoveAddress>().Operation));

    public MachineScript Held() => Send(now => new AddressHeld(now, Last<HoldAddress>().Operation));

    public MachineScript Clear() => Send(now => new ProbeClear(now, Last<ProbeAddress>().Operation));

    public MachineScript Closed() => Send(now => new SessionsClosed(now, Last<CloseSessions>().Operation));

    public MachineScript End(FloatingIPEnding ending) => Send(now => new EndRequested(now, ending));

    /// <summary>At 0 s: named, nothing left on the host, and the lease as it is.</summary>
    public MachineScript Begin(LeaseResource? lease, FloatingIPPlacement placement = FloatingIPPlacement.Here)
    {
        Place(placement);
        if (placement == FloatingIPPlacement.Here) Read(lease);
        Removed();
        return placement == FloatingIPPlacement.Here ? this : Read(lease);
    }

    /// <summary>At 0 s: the address is on, by a lease (version 2) whose taking was sent at 0 s, and all is done.</summary>
    public MachineScript BeginUp() => Begin(Lease(1, null)).Written(2, sent: 0).Clear().Held();

    private FloatingIPAction[] Step(FloatingIPEvent e)
    {
        FloatingIPStep step = _machine.Step(State, e);
        State = step.State;
        FloatingIPAction[] actions = [.. step.Actions.Where(action => action is not SetTimer)];
        _seen.AddRange(actions);
        return actions;
    }
}
