using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Node.FloatingIPs;

/// <summary>What events change.</summary>
internal sealed partial class FloatingIPTurn
{
    private void Apply(FloatingIPEvent e)
    {
        switch (e)
        {
            case PlacementChanged placed:
                if (placed.Placement == _state.Placement) break;
                _state = _state with { Placement = placed.Placement, BackOffUntil = null, Refusals = 0, WaitsFor = null };
                Because($"placement: {placed.Placement}");
                break;
            case EndRequested request:
                // A stop after a planned restart counts; not the other way round.
                if (_state.Ending == FloatingIPEnding.Stop) break;
                _state = _state with { Ending = request.Ending };
                Because(request.Ending == FloatingIPEnding.Stop ? "stopped" : "planned restart");
                break;
            case LeaseRead read when Answers(read.Operation):
                Read(read.Lease);
                break;
            // While the lease is ours, or an answer is under way, the store's answers are newer than what is heard in passing.
            case LeaseWatched watched when _state is { HeldFrom: null, Store: null }:
                See(watched.Lease);
                break;
            case LeaseWatched when _state is { HeldFrom: null, Store.Write: null }:
                _state = _state with { ReadAgain = true };
                break;
            case WriteSucceeded written when Answers(written.Operation):
                Written(written);
                break;
            case WriteConflicted conflict when Answers(conflict.Operation):
                Conflicted();
                break;
            case StoreFailed failed when Answers(failed.Operation):
                StoreWentAway(failed.Cause);
                break;
            case HostFailed or ProbeClear or ProbeAnswered or AddressHeld or AddressTooLate or AddressRemoved or SessionsClosed:
                ApplyOfHost(e);
                break;
        }
    }

    private bool Answers(int operation) => _state.Store?.Number == operation;

    private void Read(LeaseResource? lease)
    {
        Answered();
        See(lease);
        if (_state.ReadAgain) _state = _state with { ReadAgain = false, NextRead = now };
        if (_state.HeldFrom is null || _state.Lease!.Holder == node) return;
        Lose(lease is null ? "The lease was deleted" : $"The lease names {_state.Lease.Holder ?? "nobody"}");
    }

    private void See(LeaseResource? lease)
    {
        _state = _state with { NextRead = now + settings.Renew };
        if (_state.Lease?.IsSameAs(lease) == true) return;
        _state = _state with { Lease = new(lease, now) };
        Because(lease is null ? "there is no lease" : $"the lease names {_state.Lease.Holder ?? "nobody"}");
    }

    private void Written(WriteSucceeded written)
    {
        StoreOperation done = _state.Store!.Value;
        Answered();
        if (done.Write == LeaseWrite.Take && written.Lease?.Metadata.ResourceVersion == done.BaseVersion)
        {
            // Then nobody else has seen a renewal.
            StoreWentAway("the renewal changed nothing");
            return;
        }

        _state = _state with { Lease = new(written.Lease, now), Conflicts = 0 };
        if (done.Write != LeaseWrite.Take)
        {
            Because(done.Write == LeaseWrite.Create ? "the lease is created" : "the lease is released");
        }
        else if (written.SentAt + settings.Drop > now)
        {
            Because(_state.HeldFrom is null ? "the lease is taken" : "the lease is renewed");
            _state = _state with { HeldFrom = written.SentAt };
        }
        else
        {
            Because("the answer came too late to count");
        }
    }

    private void Conflicted()
    {
        Answered();
        Because("another write came first");
        _state = _state with { Lease = null, Conflicts = _state.Conflicts + 1 };
        // Reading again at once is right the first time; more than that would only be load.
        if (_state.Conflicts > 1) _state = _state with { RetryAt = now + settings.Retry };
    }

    private void StoreWentAway(string cause)
    {
        Because(cause);
        if (!_state.StoreIsAway) Tell(FloatingIPReportKind.StoreFailed, $"The lease could not be read or written: {cause.TrimEnd('.')}.");
        _state = _state with { Store = null, StoreIsAway = true, RetryAt = now + settings.Retry };
        // The lease runs out by itself, and the address is off: not worth waiting for.
        if (_state is { Phase: FloatingIPPhase.Off, Ending: not FloatingIPEnding.None }) End(cause);
    }

    private void Answered() => _state = _state with { Store = null, StoreIsAway = false, RetryAt = null };
}
