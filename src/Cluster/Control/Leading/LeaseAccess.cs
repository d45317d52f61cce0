using System.Diagnostics.CodeAnalysis;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Control.Leading;

/// <summary>Reads and writes one lease in the store, no call longer than <see cref="LeaderSettings.Renew"/>.</summary>
internal sealed class LeaseAccess(IClusterStore store, string name, string identity, LeaderSettings settings, TimeProvider timeProvider)
{
    public string Name => name;

    public bool IsOurs([NotNullWhen(true)] LeaseResource? lease) => lease?.Holder == identity;

    /// <returns>Null when there is none.</returns>
    public Task<LeaseResource?> ReadAsync(CancellationToken cancellationToken) =>
        InTimeAsync(token => store.GetAsync<LeaseResource>(LeaseNames.SystemNamespace, name, token), cancellationToken);

    /// <summary>Creates it as ours. Whoever deletes the lease of a leader has two for up to a renewal; their writes carry versions, so they can only conflict.</summary>
    public Task<HeldLease> CreateAsync(CancellationToken cancellationToken) =>
        WriteAsync(new() { Metadata = new() { Name = name, Namespace = LeaseNames.SystemNamespace } }, isNew: true, cancellationToken);

    /// <summary>Makes it ours, or says that it still is.</summary>
    public Task<HeldLease> RenewAsync(LeaseResource current, CancellationToken cancellationToken) => WriteAsync(current, isNew: false, cancellationToken);

    /// <summary>Makes it nobody's, so that the next one need not wait.</summary>
    public Task ReleaseAsync(LeaseResource current, CancellationToken cancellationToken) =>
        InTimeAsync(token => store.UpdateAsync(current with { Holder = "", RenewTime = timeProvider.GetUtcNow() }, token), cancellationToken);

    private async Task<HeldLease> WriteAsync(LeaseResource current, bool isNew, CancellationToken cancellationToken)
    {
        DateTimeOffset now = timeProvider.GetUtcNow();
        bool isOurs = IsOurs(current);
        LeaseResource wanted = current with
        {
            Holder = identity,
            DurationSeconds = (int)settings.Lease.TotalSeconds,
            AcquireTime = isOurs ? current.AcquireTime : now,
            RenewTime = now,
            Transitions = isOurs || isNew ? current.Transitions : current.Transitions + 1,
        };
        long from = timeProvider.GetTimestamp();
        LeaseResource written = await InTimeAsync(token => isNew ? store.CreateAsync(wanted, token) : store.UpdateAsync(wanted, token), cancellationToken).ConfigureAwait(false);
        return new(written, from);
    }

    private Task<T> InTimeAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken) => StoreCall.InTimeAsync(call, settings.Renew, timeProvider, cancellationToken);
}
