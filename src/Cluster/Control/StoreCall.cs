using BgpLoadBalancer.Cluster.Stores;

namespace BgpLoadBalancer.Cluster.Control;

/// <summary>Calls of a store that end in time, and fail in one way only: a loop that makes them has one kind of fault to live with.</summary>
public static class StoreCall
{
    /// <param name="limit">A store that says nothing for so long is as good as away.</param>
    /// <exception cref="ClusterStoreException">Those of the call, and <see cref="StoreError.Unavailable"/> when it takes too long or fails by a fault of its own.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/>, and nothing else.</exception>
    public static async Task<T> InTimeAsync<T>(Func<CancellationToken, Task<T>> call, TimeSpan limit, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        using CancellationTokenSource timeout = new(limit, timeProvider);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return await call(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new ClusterStoreException(StoreError.Unavailable, FormattableString.Invariant($"No answer within {limit.TotalSeconds:0.###} s."), exception);
        }
        catch (Exception exception) when (exception is not ClusterStoreException && !(exception is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            throw new ClusterStoreException(StoreError.Unavailable, $"A fault while the store was asked: {Fault.Describe(exception)}", exception);
        }
    }
}
