using System.Runtime.CompilerServices;
using BgpLoadBalancer.Cluster;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;

namespace BgpLoadBalancer.Module.Tests.Engine;

/// <summary>A store that is far away: before it answers from another one, a script says what happens.</summary>
/// <param name="before">Runs before every answer, and may throw.</param>
internal sealed class ScriptedStore(IClusterStore inner, Func<CancellationToken, Task> before) : IClusterStore
{
    private int _watches;

    /// <summary>How many watches are open.</summary>
    public int Watches => Volatile.Read(ref _watches);

    /// <summary>Whether the script runs before the cluster's UID is told, too. Whoever is refused in a user cluster asks all clusters of the process for it, those of other tests included.</summary>
    public bool HidesUid { get; init; }

    public Task<string> GetClusterUidAsync(CancellationToken cancellationToken) =>
        HidesUid ? After(() => inner.GetClusterUidAsync(cancellationToken), cancellationToken) : inner.GetClusterUidAsync(cancellationToken);

    public Task<ResourceList<T>> ListAsync<T>(string? resourceNamespace, CancellationToken cancellationToken)
        where T : Resource => After(() => inner.ListAsync<T>(resourceNamespace, cancellationToken), cancellationToken);

    public Task<T?> GetAsync<T>(string resourceNamespace, string name, CancellationToken cancellationToken)
        where T : Resource => After(() => inner.GetAsync<T>(resourceNamespace, name, cancellationToken), cancellationToken);

    public async IAsyncEnumerable<ResourceChange<T>> WatchAsync<T>(string? resourceNamespace, string afterVersion, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : Resource
    {
        Interlocked.Increment(ref _watches);
        try
        {
            await foreach (ResourceChange<T> change in inner.WatchAsync<T>(resourceNamespace, afterVersion, cancellationToken)) yield return change;
        }
        finally
        {
            Interlocked.Decrement(ref _watches);
        }
    }

    public Task<T> CreateAsync<T>(T resource, CancellationToken cancellationToken)
        where T : Resource => After(() => inner.CreateAsync(resource, cancellationToken), cancellationToken);

    public Task<T> UpdateAsync<T>(T resource, CancellationToken cancellationToken)
        where T : Resource => After(() => inner.UpdateAsync(resource, cancellationToken), cancellationToken);

    public Task<T> UpdateStatusAsync<T>(T resource, CancellationToken cancellationToken)
        where T : Resource => After(() => inner.UpdateStatusAsync(resource, cancellationToken), cancellationToken);

    public Task<bool> DeleteAsync<T>(string resourceNamespace, string name, string? resourceVersion, CancellationToken cancellationToken)
        where T : Resource => After(() => inner.DeleteAsync<T>(resourceNamespace, name, resourceVersion, cancellationToken), cancellationToken);

    private async Task<T> After<T>(Func<Task<T>> answer, CancellationToken cancellationToken)
    {
        await before(cancellationToken);
        return await answer();
    }
}
