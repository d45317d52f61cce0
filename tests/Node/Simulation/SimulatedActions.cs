using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Node.FloatingIPs;

namespace BgpLoadBalancer.Node.Tests.Simulation;

/// <summary>Does what an agent's state machine says: messages that may be lost or late, and a host that does one thing after the other.</summary>
internal sealed class SimulatedActions(SimulatedWorld world, SimulatedStore store, SimulatedNode node)
{
    private readonly Queue<FloatingIPAction> _host = new();
    private bool _hostIsBusy;
    private bool _waitsForThaw;

    /// <summary>When a write was sent that the store has done since.</summary>
    public event Action<SimulatedNode, TimeSpan, LeaseWrite>? Committed;

    public void Do(FloatingIPAction action)
    {
        switch (action)
        {
            case ReadLease read:
                Ask(read.Operation, _ => Read(read, store.Lease));
                break;
            case WriteLease write:
                Ask(write.Operation, sentAt => Write(write, sentAt));
                break;
            case CloseSessions close:
                int incarnation = node.Incarnation;
                world.Queue.After(world.Between(0, world.Chance(0.1) ? 20 : 0.2), () => node.Post(incarnation, now => new SessionsClosed(now, close.Operation)));
                break;
            case ProbeAddress or HoldAddress or RemoveAddress:
                _host.Enqueue(action);
                NextOfHost();
                break;
        }
    }

    public void Resume()
    {
        if (!_waitsForThaw) return;
        _waitsForThaw = false;
        NextOfHost();
    }

    public void Clear()
    {
        _host.Clear();
        _hostIsBusy = false;
        _waitsForThaw = false;
    }

    private static Func<TimeSpan, FloatingIPEvent> Read(ReadLease read, LeaseResource? lease) => now => new LeaseRead(now, read.Operation, lease);

    private Func<TimeSpan, FloatingIPEvent> Write(WriteLease write, TimeSpan sentAt)
    {
        if (!store.TryWrite(write.Write, write.Base, node.Name)) return now => new WriteConflicted(now, write.Operation);
        LeaseResource? lease = store.Lease;
        Committed?.Invoke(node, node.True(sentAt), write.Write);
        return now => new WriteSucceeded(now, write.Operation, sentAt, lease);
    }

    private void Ask(int operation, Func<TimeSpan, Func<TimeSpan, FloatingIPEvent>> handle)
    {
        int incarnation = node.Incarnation;
        TimeSpan sentAt = node.Clock;
        // A client whose own time-out is far too long is no danger either.
        TimeSpan patience = world.Chance(0.1) ? world.FaultsEnd - world.Queue.Now : world.Settings.StoreTimeout;
        if (patience < world.Settings.StoreTimeout) patience = world.Settings.StoreTimeout;
        world.Queue.After(patience, () => node.Post(incarnation, now => new StoreFailed(now, operation, "no answer")));
        if (!Passes()) return;
        world.Queue.After(world.Delay(), () =>
        {
            if (!store.Available) return;
            Func<TimeSpan, FloatingIPEvent> answer = handle(sentAt);
            if (Passes()) world.Queue.After(world.Delay(), () => node.Post(incarnation, answer));
        });
    }

    private bool Passes() => node.Connected && !(world.Faulty && world.Chance(0.03));

    private void NextOfHost()
    {
        if (_hostIsBusy || _host.Count == 0) return;
        if (node.Process == ProcessState.Stopped)
        {
            _waitsForThaw = true;
            return;
        }

        _hostIsBusy = true;
        FloatingIPAction action = _host.Dequeue();
        int incarnation = node.Incarnation;
        // What is under way is another process: it goes on when the agent is stopped, and may even when it is killed.
        bool outlives = world.Chance(0.5);
        bool fails = world.Faulty && world.Chance(0.02);
        (TimeSpan length, Func<bool> effect, Func<TimeSpan, FloatingIPEvent> answer) = Begin(action);
        world.Queue.After(length, () =>
        {
            bool same = incarnation == node.Incarnation && node.Process != ProcessState.Dead;
            bool done = (same || outlives) && (!fails || world.Chance(0.5)) && effect();
            if (!same) return;
            int operation = NumberOf(action);
            node.Post(incarnation, fails ? now => new HostFailed(now, operation, done ? "failed, but done" : "failed") : answer);
            if (incarnation != node.Incarnation || node.Process == ProcessState.Dead) return;
            _hostIsBusy = false;
            NextOfHost();
        });
    }

    private (TimeSpan Length, Func<bool> Effect, Func<TimeSpan, FloatingIPEvent> Answer) Begin(FloatingIPAction action)
    {
        switch (action)
        {
            case ProbeAddress probe:
                // Other nodes that have the address do not answer here: the lease alone must keep them apart.
                bool stranger = world.Faulty && world.Chance(0.03);
                return (world.Between(0.2, 0.8), () => true, now => stranger ? new ProbeAnswered(now, probe.Operation, "a stranger") : new ProbeClear(now, probe.Operation));
            case HoldAddress hold when Deadline.WholeSeconds(hold.Until - node.Clock) is { } lifetime:
                return (world.Between(0, SimulatedWorld.Telling.TotalSeconds), () => Put(lifetime), now => new AddressHeld(now, hold.Operation));
            case HoldAddress hold:
                return (TimeSpan.Zero, () => true, now => new AddressTooLate(now, hold.Operation));
            default:
                RemoveAddress remove = (RemoveAddress)action;
                return (world.Between(0, world.Faulty && world.Chance(0.1) ? 5 : 0.3), Remove, now => new AddressRemoved(now, remove.Operation));
        }
    }

    private bool Put(TimeSpan lifetime)
    {
        node.Kernel.Put(lifetime);
        return true;
    }

    private bool Remove()
    {
        node.Kernel.Remove("by the agent");
        return true;
    }

    private static int NumberOf(FloatingIPAction action) => action switch
    {
        ProbeAddress probe => probe.Operation,
        HoldAddress hold => hold.Operation,
        _ => ((RemoveAddress)action).Operation,
    };
}
