using System.Collections.Immutable;
using BgpLoadBalancer.Cluster.Control.Observation;
using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Control;

/// <summary>What one pass came to.</summary>
/// <param name="Seen">False: the cluster could not even be looked at.</param>
/// <param name="Plan">Null: there is no Cluster, or none could be made yet.</param>
/// <param name="Failing">Writes that the store refuses.</param>
/// <param name="CopyOf">Not null: the cluster is another controller's work (R36).</param>
/// <param name="NodesWithoutLease">R23.</param>
internal readonly record struct PassResult(bool Seen, ClusterPlan? Plan, int Failing, IReadOnlyList<Fault> Faults, CopySource? CopyOf, ImmutableHashSet<string> NodesWithoutLease);

/// <summary>What a leading controller does over and over: it looks, plans, and writes what differs. A fault in any of it ends that part of that pass.</summary>
/// <param name="passed">Called after each pass.</param>
internal sealed class ControllerLoop(ClusterStores stores, ControllerView view, TimeProvider timeProvider, Random random, Action<PassResult> passed)
{
    private readonly WriteQueue _queue = new(stores, view.Observer.Hub, random);
    private readonly Random _random = new(random.Next());
    private ClusterPlan? _plan;

    // Of the changes since the plan was made some are not known: it has to be made of everything.
    private bool _missedChanges;

    /// <summary>Until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        TimeSpan? again = null;
        TimeSpan? backoff = null;
        while (true)
        {
            PassWrites writes = new();
            bool seen = false;
            CopySource? copyOf = null;
            ImmutableHashSet<string> without = [];
            try
            {
                ClusterObservation observed = await view.Observer.NextAsync(again, cancellationToken).ConfigureAwait(false);
                seen = true;
                without = observed.Snapshot?.NodesWithoutLease ?? [];
                copyOf = view.WorksOnCopies ? null : observed.Snapshot?.CopyOf;
                writes.AddPart("The plan", _ => Plan(copyOf is null ? observed : observed with { Snapshot = null }));
                long before = timeProvider.GetTimestamp();
                TimeSpan? nextSilence = copyOf is null ? view.Reconcile(_missedChanges ? null : _plan, observed.Snapshot, writes) : null;
                TimeSpan? retry = await _queue.ExecuteAsync(writes.All, cancellationToken).ConfigureAwait(false);
                again = Sooner(retry, nextSilence - timeProvider.GetElapsedTime(before));
            }
            catch (Exception exception) when (!(exception is OperationCanceledException && cancellationToken.IsCancellationRequested))
            {
                _missedChanges |= !seen;
                writes.Add(new Fault("The pass", exception));
            }

            passed(new(seen, _missedChanges ? null : _plan, _queue.Failing, writes.Faults, copyOf, without));
            backoff = writes.Faults.Count == 0 ? null : Backoff.After(backoff, _random);
            again = Sooner(again, backoff);
            // Whatever wakes it, a loop that cannot look does not spin.
            if (!seen) await Task.Delay(backoff!.Value, timeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    private void Plan(ClusterObservation observed)
    {
        if (observed.Snapshot is not { } snapshot)
        {
            (_plan, _missedChanges) = (null, false);
            return;
        }

        bool patch = _plan is not null && !_missedChanges;
        // Until it is there: a fault now must not let the next pass think that it knows.
        _missedChanges = true;
        if (!patch) _plan = _plan is null ? Planner.Resume(snapshot) : Planner.Plan(snapshot, _plan);
        else if (!observed.Changes.IsEmpty) _plan = Planner.Plan(snapshot, _plan!, observed.Changes);
        _missedChanges = false;
    }

    private static TimeSpan? Sooner(TimeSpan? one, TimeSpan? other) => one is null || other < one ? other : one;
}
