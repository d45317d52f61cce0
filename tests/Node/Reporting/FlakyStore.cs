using BgpLoadBalancer.Cluster;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;

namespace BgpLoadBalancer.Node.Tests.Reporting;

/// <summary>A store for single objects that can be away, and whose objects others change in between.</summary>
internal sealed class FlakyStore(IClusterStore inner) : IClusterStore
{
    public bool IsAway { get; set; }

    /// <summary>Takes the calls and never answers.</summary>
    public bool Hangs { get; set; }

    /// <summary>Done once before the next update.</summary>
    public Func<Task>? InBetween { get; set; }

    public int Updates { get; private set; }

    public Task<T?> GetAsync<T>(string resourceNamespace, string name, CancellationToken cancellationToken)
        where T : Resource => CallAsync(() => inner.GetAsync<T>(resourceNamespace, name, cancellationToken), cancellationToken);

    public Task<T> CreateAsync<T>(T resource, CancellationToken cancellationToken)
        where T : Resource => CallAsync(() => inner.CreateAsync(resource, cancellationToken), cancellationToken);

    public Task<T> UpdateAsync<T>(T resource, CancellationToken cancellationToken)
        where T : Resource => CallAsync(
            async () =>
            {
                Updates++;
                Func<Task>? inBetween = InBetween;
                InBetween = null;
                if (inBetween is not null) await inBetween().ConfigureAwait(false);
                return await inner.UpdateAsync(resource, cancellationToken).ConfigureAwait(false);
            },
            cancellationToken);

    public Task<string> GetClusterUidAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ResourceList<T>> ListAsync<T>(string? resourceNamespace, CancellationToken cancellationToken)
        where T : Resource => throw new NotSupportedException();

    public IAsyncEnumerable<ResourceChange<T>> WatchAsync<T>(string? resourceNamespace, string afterVersion, CancellationToken cancellationToken)
        where T : Resource => throw new NotSupportedException();

    public Task<T> UpdateStatusAsync<T>(T resource, CancellationToken cancellationToken)
        where T : Resource => throw new NotSupportedException();

    public Task<bool> DeleteAsync<T>(string resourceNamespace, string name, string? resourceVersion, CancellationToken cancellationToken)
        where T : Resource => throw new NotSupportedException();

    private async Task<T> CallAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        if (Hangs) await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(false);
        return IsAway ? throw new ClusterStoreException(StoreError.Unavailable, "The store is away.") : await call().ConfigureAwait(false);
    }
}
