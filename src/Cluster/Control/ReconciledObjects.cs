using System.Collections.Immutable;
using BgpLoadBalancer.Cluster.Control.Reconciling;
using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;

namespace BgpLoadBalancer.Cluster.Control;

/// <summary>All that a pass looks at, at one moment: as it was read, or as it would be after some writes.</summary>
internal sealed record ReconciledObjects(ClusterSnapshot Snapshot, ImmutableArray<BgpSessionResource> Sessions, ImmutableArray<BgpAdvertisedRouteResource> Routes)
{
    /// <exception cref="ClusterStoreException">The store does not answer.</exception>
    public static async Task<ReconciledObjects> ReadAsync(IClusterStore store, ClusterSnapshot snapshot, CancellationToken cancellationToken) => new(
        snapshot,
        (await store.ListAsync<BgpSessionResource>(LeaseNames.SystemNamespace, cancellationToken).ConfigureAwait(false)).Items,
        (await store.ListAsync<BgpAdvertisedRouteResource>(LeaseNames.SystemNamespace, cancellationToken).ConfigureAwait(false)).Items);

    /// <param name="fault"><see cref="StoreError.Invalid"/>: what is to be written of some object could not be told; the message names it. Null: there is no such one.</param>
    public IReadOnlyList<StoreWrite> Writes(out ClusterStoreException? fault)
    {
        PassWrites writes = new();
        writes.AddPart("The plan", writes => Reconciliation.Of(Planner.Resume(Snapshot), Snapshot, Sessions, Routes, writes));
        fault = writes.Faults is [{ } first, ..] ? new(StoreError.Invalid, $"{first}", first.Exception) : null;
        return writes.All;
    }

    /// <summary>As they would be if all of that were written.</summary>
    public ReconciledObjects After(IEnumerable<StoreWrite> writes)
    {
        ILookup<Type, StoreWrite> byKind = writes.ToLookup(write => write.Key.Kind);
        ImmutableArray<NetworkGatewayGroupResource> group = Snapshot.NetworkGatewayGroup is { } one ? [one] : [];
        return new(
            Snapshot with { NetworkGatewayGroup = After(group, byKind).FirstOrDefault(), Services = After(Snapshot.Services, byKind) },
            After(Sessions, byKind),
            After(Routes, byKind));
    }

    private static ImmutableArray<T> After<T>(ImmutableArray<T> there, ILookup<Type, StoreWrite> byKind)
        where T : Resource
    {
        Dictionary<ResourceKey, StoreWrite<T>> writes = byKind[typeof(T)].Cast<StoreWrite<T>>().ToDictionary(write => write.Key.Resource);
        if (writes.Count == 0) return there;
        return
        [
            .. there.Where(old => !writes.ContainsKey(ResourceKey.Of(old))),
            .. writes.Values.Where(write => write.Action != StoreWriteAction.Delete).Select(write => write.Resource),
        ];
    }
}
