using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;

namespace BgpLoadBalancer.Cluster;

/// <summary>
/// Where a cluster's resources are, with the semantics of the Kubernetes API server: every write makes a new resource version, a stale
/// write is refused, status is apart from the rest, and changes can be watched from a version.
/// <para>Kinds are the records of <see cref="Resources"/>. A kind without namespaces (Node) has an empty one. What a record does not
/// show of an object (fields of others) is kept by every write.</para>
/// </summary>
/// <remarks>Every member may be called from any thread, and throws <see cref="ClusterStoreException"/> for everything that is not as it should be.</remarks>
public interface IClusterStore
{
    /// <summary>What tells this cluster from all others, for as long as it lives (R36): the UID of the namespace kube-system.</summary>
    Task<string> GetClusterUidAsync(CancellationToken cancellationToken);

    /// <param name="resourceNamespace">Null: of all namespaces.</param>
    Task<ResourceList<T>> ListAsync<T>(string? resourceNamespace, CancellationToken cancellationToken)
        where T : Resource;

    /// <returns>Null when there is none.</returns>
    Task<T?> GetAsync<T>(string resourceNamespace, string name, CancellationToken cancellationToken)
        where T : Resource;

    /// <summary>
    /// All changes after a version, in their order for each object. Ends when the other side ends it: go on from the version of the last
    /// change. Throws <see cref="StoreError.Expired"/> when the version is too old to go on from: list again.
    /// </summary>
    IAsyncEnumerable<ResourceChange<T>> WatchAsync<T>(string? resourceNamespace, string afterVersion, CancellationToken cancellationToken)
        where T : Resource;

    /// <summary>Creates an object without its status; its UID and resource version are given by the store.</summary>
    /// <exception cref="ClusterStoreException"><see cref="StoreError.AlreadyExists"/>.</exception>
    Task<T> CreateAsync<T>(T resource, CancellationToken cancellationToken)
        where T : Resource;

    /// <summary>Replaces labels, annotations and everything but the status, if the resource version is still that of <paramref name="resource"/>.</summary>
    /// <returns>As it is now; with the version that it had when nothing differs.</returns>
    /// <exception cref="ClusterStoreException"><see cref="StoreError.Conflict"/>, <see cref="StoreError.NotFound"/>.</exception>
    Task<T> UpdateAsync<T>(T resource, CancellationToken cancellationToken)
        where T : Resource;

    /// <summary>Replaces the status and nothing else, if the resource version is still that of <paramref name="resource"/>.</summary>
    /// <returns>As it is now; with the version that it had when nothing differs.</returns>
    /// <exception cref="ClusterStoreException"><see cref="StoreError.Conflict"/>, <see cref="StoreError.NotFound"/>.</exception>
    Task<T> UpdateStatusAsync<T>(T resource, CancellationToken cancellationToken)
        where T : Resource;

    /// <param name="resourceVersion">Deletes that version only; null: whatever is there.</param>
    /// <returns>False when there was none.</returns>
    /// <exception cref="ClusterStoreException"><see cref="StoreError.Conflict"/>.</exception>
    Task<bool> DeleteAsync<T>(string resourceNamespace, string name, string? resourceVersion, CancellationToken cancellationToken)
        where T : Resource;
}
