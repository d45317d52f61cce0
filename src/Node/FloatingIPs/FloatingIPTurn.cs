using System.Diagnostics.CodeAnalysis;

namespace BgpLoadBalancer.Node.FloatingIPs;

/// <summary>
/// One step of <see cref="FloatingIPMachine"/>: first what time alone has ended, then the event, then whatever is to be done in the state
/// that it led to. Decisions look at the state, not at the event, so nothing depends on events coming in a certain order.
/// </summary>
internal sealed partial class FloatingIPTurn(string node, FloatingIPSettings settings, FloatingIPState state, TimeSpan now)
{
    private readonly List<FloatingIPAction> _actions = [];
    private FloatingIPState _state = state;
    private TimeSpan? _wake;
    private string _reason = "";

    /// <summary>The address has to be gone then; null while the lease is not ours to rely on.</summary>
    private TimeSpan? DropAt => _state.HeldFrom + settings.Drop;

    /// <summary>The address should be on this node, or come to it.</summary>
    private bool IsWanted => _state is { Placement: FloatingIPPlacement.Here, Ending: FloatingIPEnding.None, BackOffUntil: null };

    /// <summary>The address and the lease are for a successor on this node.</summary>
    private bool IsLeaving => _state is { Placement: FloatingIPPlacement.Here or FloatingIPPlacement.Unknown, Ending: FloatingIPEnding.PlannedRestart };

    public FloatingIPStep Run(FloatingIPEvent e)
    {
        if (_state.Phase == FloatingIPPhase.Ended) return new(_state, [], "ended");
        // A timer may ring a moment early: then it is set again.
        if (e is Tick || _state.Timer <= now) _state = _state with { Timer = null };
        Expire();
        Apply(e);
        DecideHost();
        DecideStore();
        SetTimer();
        return new(_state, _actions, _reason);
    }

    private void Expire()
    {
        if (DropAt <= now) Lose(Silence());

        if (_state.BackOffUntil <= now) _state = _state with { BackOffUntil = null };
        else Wake(_state.BackOffUntil);
    }

    private string Silence() => FormattableString.Invariant($"The lease was last renewed {(now - _state.HeldFrom!.Value).TotalSeconds:0.0} s ago");

    /// <summary>The lease is not ours to rely on any more, so the address goes at once. What was asked of the store before counts no more, whatever it answers.</summary>
    private void Lose(string why)
    {
        Because(why);
        _state = _state with { HeldFrom = null, Store = null, RetryAt = null };
        if (_state.Phase is FloatingIPPhase.Unknown or FloatingIPPhase.Off or FloatingIPPhase.Removing) return;
        Tell(FloatingIPReportKind.Lost, $"{why}: it is removed from this host, and its sessions are closed without withdrawal.");
        if (_state.Phase == FloatingIPPhase.Up) _actions.Add(new CloseSessions(NextOperation(), SessionClosing.Graceful));
        Remove();
    }

    /// <summary>The host cannot hold the address, or may not: let go of it, and try again later.</summary>
    private void BackOff(FloatingIPReportKind kind, string why)
    {
        // The shift is bounded, so that it cannot overflow.
        TimeSpan pause = settings.ShortestBackOff * (1L << Math.Min(_state.Refusals, 16));
        if (pause > FloatingIPSettings.LongestBackOff) pause = FloatingIPSettings.LongestBackOff;
        _state = _state with { BackOffUntil = now + pause, Refusals = _state.Refusals + 1, Refusal = why };
        Wake(_state.BackOffUntil);
        Because(why);
        Tell(kind, FormattableString.Invariant($"{why}. It is tried again after {pause.TotalSeconds:0.#} s."));
    }

    private void End(string why)
    {
        Because(why);
        _state = _state with { Phase = FloatingIPPhase.Ended, Host = null, Store = null, HeldFrom = null };
        _wake = null;
    }

    private int NextOperation()
    {
        _state = _state with { LastOperation = _state.LastOperation + 1 };
        return _state.LastOperation;
    }

    /// <summary>Something is to be looked at again then.</summary>
    private void Wake(TimeSpan? at)
    {
        if (_wake is null || at < _wake) _wake = at;
    }

    private void SetTimer()
    {
        if (_state.Phase != FloatingIPPhase.Ended) Wake(DropAt);
        if (_wake == _state.Timer) return;
        _actions.Add(new SetTimer(_wake));
        _state = _state with { Timer = _wake };
    }

    private void Tell(FloatingIPReportKind kind, string message) => _actions.Add(new Report(kind, message));

    // The first cause says it best.
    private void Because([NotNull] string why)
    {
        if (_reason.Length == 0) _reason = why;
    }
}
