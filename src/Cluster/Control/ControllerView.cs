using System.Collections.Immutable;
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

    public ControllerView(ClusterStores stores, ControllerSettings settings, string source, TimeProvider timeProvider, Random random, Action<ControlEvent> report)
    {
        _stores = stores;
        Observer = new(stores, settings.Observer, timeProvider, random, report);
        _sessions = Observer.Hub.Add<BgpSessionResource>(stores.Workload, LeaseNames.SystemNamespace);
        _routes = Observer.Hub.Add<BgpAdvertisedRouteResource>(stores.Workload, LeaseNames.SystemNamespace);
        _silent = new(_sessions, settings.SessionReportPeriod, timeProvider);
        if (!stores.SelfManaged) _copies = new(Observer, stores, source);
    }

    public ClusterObserver Observer { get; }

    /// <param name="nextSilence">When a session falls silent if it reports no more; null: never.</param>
    public ImmutableArray<StoreWrite> Reconcile(ClusterPlan plan, ClusterSnapshot snapshot, out TimeSpan? nextSilence)
    {
        lock (Observer.Hub.Lock)
        {
            return [.. Reconciliation.Of(plan, snapshot, _sessions.All, _routes.All), .. _copies?.Writes() ?? [], .. _silent.Writes(out nextSilence)];
        }
    }
}
