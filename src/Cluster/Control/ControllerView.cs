using BgpLoadBalancer.Cluster.Control.Observation;
using BgpLoadBalancer.Cluster.Control.Reconciling;
using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Control;

/// <summary>All that a leading controller sees: what a plan is made of, and what it has written itself.</summary>
internal sealed class ControllerView
{
    private readonly ClusterStores _stores;
    private readonly ResourceCache<BgpSessionResource> _sessions;
    private readonly ResourceCache<BgpAdvertisedRouteResource> _routes;
    private readonly SilentSessions _silent;
    private readonly CopiedKinds? _copies;

    /// <param name="source">What copies are to name as their source (R36); null when one cluster is both, and nothing is copied.</param>
    public ControllerView(ClusterStores stores, ControllerSettings settings, string? source, TimeProvider timeProvider, Random random, Action<ControlEvent> report)
    {
        _stores = stores;
        WorksOnCopies = settings.WorksOnCopies;
        Observer = new(stores, settings.Observer, timeProvider, random, report);
        _sessions = Observer.Hub.Add<BgpSessionResource>(stores.Workload, LeaseNames.SystemNamespace);
        _routes = Observer.Hub.Add<BgpAdvertisedRouteResource>(stores.Workload, LeaseNames.SystemNamespace);
        _silent = new(_sessions, settings.SessionReportPeriod, timeProvider);
        if (source is not null) _copies = new(Observer, stores, source);
    }

    public ClusterObserver Observer { get; }

    /// <summary>See <see cref="ControllerSettings.WorksOnCopies"/>.</summary>
    public bool WorksOnCopies { get; }

    /// <summary>Adds what has to be written now.</summary>
    /// <param name="plan">Null when there is none: what is about it stays as it is.</param>
    /// <param name="snapshot">What the plan was made of.</param>
    /// <returns>When a session falls silent if it reports no more; null: never.</returns>
    public TimeSpan? Reconcile(ClusterPlan? plan, ClusterSnapshot? snapshot, PassWrites writes)
    {
        TimeSpan? nextSilence = null;
        lock (Observer.Hub.Lock)
        {
            if (plan is not null && snapshot is not null) Reconciliation.Of(plan, snapshot, _sessions.All, _routes.All, writes);
            if (_copies is not null) writes.AddPart("The copies in the user cluster", _copies.Of);
            writes.AddPart("The sessions that nobody reports", writes => nextSilence = _silent.Of(writes));
        }

        return nextSilence;
    }
}
