namespace BgpLoadBalancer.Node.FloatingIPs;

/// <summary>What is asked of the store: one read or write at a time.</summary>
internal sealed partial class FloatingIPTurn
{
    private void DecideStore()
    {
        if (_state.Store is not null || _state.Phase == FloatingIPPhase.Ended) return;
        if (NextOfStore() is not { } next)
        {
            bool done = _state.Ending != FloatingIPEnding.None || _state.Placement == FloatingIPPlacement.Gone;
            if (done && _state.Phase == FloatingIPPhase.Off) End("nothing is left of it here");
            return;
        }

        TimeSpan at = Later(next.At, _state.RetryAt);
        if (at > now)
        {
            Wake(at);
            return;
        }

        int number = NextOperation();
        _state = _state with { Store = new(number, next.Write, _state.Lease?.Resource?.Metadata.ResourceVersion) };
        _actions.Add(next.Write is { } write ? new WriteLease(number, write, _state.Lease!.Resource, write == LeaseWrite.Release && _state.BackOffUntil is not null ? _state.Refusal : null) : new ReadLease(number));
        // Even unanswered it may have been done, and then the lease is anybody's.
        if (next.Write is LeaseWrite.Release or LeaseWrite.Delete) _state = _state with { HeldFrom = null };
    }

    /// <returns>What is to be done and from when on; no write means a read. Null: nothing.</returns>
    private (LeaseWrite? Write, TimeSpan At)? NextOfStore() => IsWanted switch
    {
        true when _state.HeldFrom is { } from => Renewal(from),
        true => _state.Phase is FloatingIPPhase.Unknown or FloatingIPPhase.Off ? Taking() : null,
        false => _state.Phase is FloatingIPPhase.Off ? GivingUp() : null,
    };

    private (LeaseWrite? Write, TimeSpan At)? Renewal(TimeSpan from) => _state.Lease is null ? (null, now) : (LeaseWrite.Take, from + settings.Renew);

    private (LeaseWrite? Write, TimeSpan At)? Taking()
    {
        if (_state.Lease is not { } lease) return (null, now);
        if (lease.Resource is null) return (LeaseWrite.Create, now);
        // Ours, from before a restart or an outage, or by a write whose answer did not come. Only this node writes its own name, and any other
        // taker's write would have replaced the version that names us: so as long as this very version stands, nobody else has the lease.
        if (lease.IsFree || lease.Holder == node) return (LeaseWrite.Take, now);
        TimeSpan stated = TimeSpan.FromSeconds(lease.Resource.DurationSeconds);
        TimeSpan free = lease.Since + (stated > settings.Lease ? stated : settings.Lease);
        ReportWaiting(lease.Holder!);
        // Looking again costs the wait nothing: only another version starts it anew.
        return free <= Later(_state.NextRead, _state.RetryAt) || free <= now ? (LeaseWrite.Take, free) : (null, _state.NextRead);
    }

    private (LeaseWrite? Write, TimeSpan At)? GivingUp()
    {
        if (_state is { Placement: FloatingIPPlacement.Unknown, Ending: FloatingIPEnding.None }) return null;
        if (_state.Lease is not { } lease) return (null, now);
        if (lease.Holder != node) return null;
        return (_state.Placement == FloatingIPPlacement.Gone ? LeaseWrite.Delete : LeaseWrite.Release, now);
    }

    private void ReportWaiting(string holder)
    {
        if (_state.WaitsFor == holder) return;
        _state = _state with { WaitsFor = holder };
        Tell(
            FloatingIPReportKind.Waiting,
            holder == LeaseRecord.Unclaimed
                ? "The lease is new. One before it may have been deleted under its holder, so it is taken after its duration."
                : $"{holder} has the lease. It is taken when {holder} releases it, or has not renewed it for its duration.");
    }

    private static TimeSpan Later(TimeSpan time, TimeSpan? other) => other > time ? other.Value : time;
}
