using System.Net;
using System.Threading.Channels;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Node.FloatingIPs;

/// <summary>
/// Runs the state machine of one floating IP: one loop owns it, and everything else only posts events to that loop. Events get their time
/// when the loop takes them up, so that one that lay waiting while the process was stopped does not pass for a fresh one.
/// </summary>
internal sealed class FloatingIPHolder
{
    private readonly Channel<Func<TimeSpan, FloatingIPEvent>> _events = Channel.CreateUnbounded<Func<TimeSpan, FloatingIPEvent>>(new() { SingleReader = true });
    private readonly FloatingIPEnvironment _environment;
    private readonly FloatingIPMachine _machine;
    private readonly IPAddress _address;
    private readonly long _zero;
    private FloatingIPState _state;
    private FloatingIPSnapshot _snapshot;

    /// <param name="follows">One before it, which failed, has left everything as it was.</param>
    public FloatingIPHolder(FloatingIPEnvironment environment, IPAddress address, bool follows = false)
    {
        _state = FloatingIPState.Initial with { InheritsSessions = follows };
        _environment = environment;
        _address = address;
        _machine = new(environment.Node, environment.Settings);
        _zero = environment.Time.GetTimestamp();
        _snapshot = new(address, _state.Placement, _state.Phase, "");
    }

    public FloatingIPSnapshot Snapshot => Volatile.Read(ref _snapshot);

    public void Place(FloatingIPPlacement placement) => Post(now => new PlacementChanged(now, placement));

    /// <param name="lease">As it was watched or listed; null: there is none.</param>
    public void Watched(LeaseResource? lease) => Post(now => new LeaseWatched(now, lease));

    public void End(FloatingIPEnding ending) => Post(now => new EndRequested(now, ending));

    /// <summary>Returns when the state machine has ended, with nothing left running.</summary>
    /// <exception cref="OperationCanceledException">Everything was left as it was: the kernel removes the address, and the lease runs out.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using FloatingIPActions actions = new(_environment, _address, () => Clock, _zero, Post, exception => _events.Writer.TryComplete(exception));
        while (_state.Phase != FloatingIPPhase.Ended)
        {
            Func<TimeSpan, FloatingIPEvent> next = await _events.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            FloatingIPStep step = _machine.Step(_state, next(Clock));
            _state = step.State;
            string reason = step.Reason.Length > 0 ? step.Reason : _snapshot.Reason;
            Volatile.Write(ref _snapshot, new(_address, _state.Placement, _state.Phase, reason));
            foreach (FloatingIPAction action in step.Actions) actions.Do(action);
        }

        await actions.FinishAsync().ConfigureAwait(false);
    }

    private TimeSpan Clock => _environment.Time.GetElapsedTime(_zero);

    private void Post(Func<TimeSpan, FloatingIPEvent> e) => _events.Writer.TryWrite(e);
}
