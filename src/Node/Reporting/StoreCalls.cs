using BgpLoadBalancer.Cluster.Control;

namespace BgpLoadBalancer.Node.Reporting;

/// <summary>Calls of a store that end in time.</summary>
internal static class StoreCalls
{
    /// <summary>No call takes longer: a store that hangs is as good as away.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>The pause after a failure.</summary>
    public static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    /// <inheritdoc cref="StoreCall.InTimeAsync"/>
    public static Task<T> InTimeAsync<T>(Func<CancellationToken, Task<T>> call, TimeProvider timeProvider, CancellationToken cancellationToken) =>
        StoreCall.InTimeAsync(call, Timeout, timeProvider, cancellationToken);
}
