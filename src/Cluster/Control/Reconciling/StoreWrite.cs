using System.Collections.Immutable;
using BgpLoadBalancer.Cluster.Control.Observation;
using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;

namespace BgpLoadBalancer.Cluster.Control.Reconciling;

/// <summary>What a write does to its object.</summary>
internal enum StoreWriteAction
{
    Create,
    Update,
    UpdateStatus,
    Delete,
}

/// <summary>A write is retried, or replaced by a later one, by this.</summary>
internal readonly record struct StoreWriteKey(Type Kind, StoreWriteAction Action, bool ToConfiguration, ResourceKey Resource);

/// <summary>One write that brings the store nearer to the plan.</summary>
/// <param name="ToConfiguration">To the admin cluster; else to the user cluster.</param>
/// <param name="Steps">What it means for the plan, for people.</param>
internal abstract record StoreWrite(StoreWriteAction Action, bool ToConfiguration, ImmutableArray<PlanStep> Steps)
{
    public abstract StoreWriteKey Key { get; }

    /// <summary>Such as <c>Service default/web</c>.</summary>
    public string Subject => $"{StoredKind.Of(Key.Kind).Name} {Key.Resource}";

    /// <exception cref="ClusterStoreException">The store did not take it.</exception>
    public abstract Task ExecuteAsync(ClusterStores stores, CancellationToken cancellationToken);

    /// <summary>The same, and the caches know at once.</summary>
    public abstract Task ExecuteAsync(ClusterStores stores, ObservationHub hub, CancellationToken cancellationToken);
}

/// <param name="Resource">As it is to be; for an update, with the version that it had.</param>
internal sealed record StoreWrite<T>(StoreWriteAction Action, T Resource, bool ToConfiguration, ImmutableArray<PlanStep> Steps)
    : StoreWrite(Action, ToConfiguration, Steps)
    where T : Resource
{
    public override StoreWriteKey Key => new(typeof(T), Action, ToConfiguration, ResourceKey.Of(Resource));

    public override Task ExecuteAsync(ClusterStores stores, CancellationToken cancellationToken) => WriteAsync(StoreOf(stores), cancellationToken);

    public override Task ExecuteAsync(ClusterStores stores, ObservationHub hub, CancellationToken cancellationToken)
    {
        IClusterStore store = StoreOf(stores);
        return hub.Find<T>(store) is { } cache
            ? cache.WriteAsync(Key.Resource, () => WriteAsync(store, cancellationToken))
            : WriteAsync(store, cancellationToken);
    }

    private IClusterStore StoreOf(ClusterStores stores)
    {
        ArgumentNullException.ThrowIfNull(stores);
        return ToConfiguration ? stores.Configuration : stores.Workload;
    }

    private async Task<T?> WriteAsync(IClusterStore store, CancellationToken cancellationToken)
    {
        switch (Action)
        {
            case StoreWriteAction.Create:
                return await store.CreateAsync(Resource, cancellationToken).ConfigureAwait(false);
            case StoreWriteAction.Update:
                return await store.UpdateAsync(Resource, cancellationToken).ConfigureAwait(false);
            case StoreWriteAction.UpdateStatus:
                return await store.UpdateStatusAsync(Resource, cancellationToken).ConfigureAwait(false);
            default:
                _ = await store.DeleteAsync<T>(Resource.Metadata.Namespace, Resource.Metadata.Name, Resource.Metadata.ResourceVersion, cancellationToken).ConfigureAwait(false);
                return null;
        }
    }
}
