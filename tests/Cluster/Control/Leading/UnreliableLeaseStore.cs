using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;

namespace BgpLoadBalancer.Cluster.Tests.Control.Leading;

internal enum Reliability
{
    Answers,

    /// <summary>Every call fails at once.</summary>
    Away,

    /// <summary>No call is answered.</summary>
    Hangs,

    /// <summary>Writes are done, but whoever sent them does not hear so.</summary>
    LosesAnswers,

    /// <summary>Writes are done at once, and whoever sent them hears so a second and a half later.</summary>
    AnswersLate,
}

/// <summary>One candidate's way to a store, for single objects only.</summary>
internal sealed class UnreliableLeaseStore(IClusterStore inner, TimeProvider time) : IClusterStore
{
    public Reliability Reliability { get; set; }

    public Task<T?> GetAsync<T>(string resourceNamespace, string name, CancellationToken cancellationToken)
        where T : Resource => CallAsync(() => inner.GetAsync<T>(resourceNamespace, name, cancellationToken), isWrite: false, cancellationToken);

    public Task<T> CreateAsync<T>(T resource, CancellationToken cancellationToken)
        where T : Resource => CallAsync(() => inner.CreateAsync(resource, cancellationToken), isWrite: true, cancellationToken);

    public Task<T> UpdateAsync<T>(T resource, CancellationToken cancellationToken)
        where T : Resource => CallAsync(() => inner.UpdateAsync(resource, cancellationToken), isWrite: true, cancellationToken);

    public Task<string> GetClusterUidAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ResourceList<T>> ListAsync<T>(string? resourceNamespace, CancellationToken cancellationToken)
        where T : Resource => throw new NotSupportedException();

    public IAsyncEnumerable<ResourceChange<T>> WatchAsync<T>(string? resourceNamespace, string afterVersion, CancellationToken cancellationToken)
        where T : Resource => throw new NotSupportedException();

    public Task<T> UpdateStatusAsync<T>(T resource, CancellationToken cancellationToken)
        where T : Resource => throw new NotSupportedException();

    public Task<bool> DeleteAsync<T>(string resourceNamespace, string name, string? resourceVersion, CancellationToken cancellationToken)
        where T : Resource => throw new NotSupportedException();

    private async Task<T> CallAsync<T>(Func<Task<T>> call, bool isWrite, CancellationToken cancellationToken)
    {
        if (Reliability == Reliability.Away) throw Gone();
        if (Reliability == Reliability.Hangs) await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(false);
        T answer = await call().ConfigureAwait(false);
        if (Reliability == Reliability.AnswersLate && isWrite) await Task.Delay(TimeSpan.FromSeconds(1.5), time, cancellationToken).ConfigureAwait(false);
        return Reliability == Reliability.LosesAnswers && isWrite ? throw Gone() : answer;
    }

    private static ClusterStoreException Gone() => new(StoreError.Unavailable, "The store is away.");
}
