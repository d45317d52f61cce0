using BgpLoadBalancer.Cluster.Stores;

namespace BgpLoadBalancer.Node.Reporting;

/// <summary>Calls of a store that end in time.</summary>
internal static class StoreCalls
{
    /// <summary>No call takes longer: a store that hangs is as good as away.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>The pause after a failure.</summary>
    public static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    /// <exception cref="ClusterStoreException">Those of the call, and <see cref="StoreError.Unavailable"/> when it takes too long.</exception>
    public static async Task<T> InTimeAsync<T>(Func<CancellationToken, Task<T>> call, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        using CancellationTokenSource timeout = new(Timeout, timeProvider);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return await call(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ClusterStoreException(StoreError.Unavailable, FormattableString.Invariant($"No answer within {Timeout.TotalSeconds:0} s."), exception);
        }
    }
}
