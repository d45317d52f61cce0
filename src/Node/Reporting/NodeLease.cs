using BgpLoadBalancer.Cluster;
using BgpLoadBalancer.Cluster.Control;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;

namespace BgpLoadBalancer.Node.Reporting;

/// <summary>Says by a Lease that the agent of a node lives (R23). It belongs to whichever agent runs there, so the last one to write it is right.</summary>
/// <param name="renew">How often it is renewed.</param>
/// <param name="duration">Whole seconds: without a renewal for so long the node counts as dead.</param>
/// <param name="report">Called from any thread; for a log.</param>
public sealed class NodeLease(IClusterStore store, string node, TimeSpan renew, TimeSpan duration, TimeProvider timeProvider, Action<ControlEvent> report)
{
    // What another agent of this node, or its deletion, can cost in one turn.
    private const int MostAttempts = 3;

    private LeaseResource? _written;
    private string? _problem;

    /// <summary>Why it is not renewed at the moment; null when it is.</summary>
    public string? Problem => Volatile.Read(ref _problem);

    /// <summary>Renews the lease until cancelled; it is not given back then. A failure is reported once, and tried again each second.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            string? failure = await TryAsync(cancellationToken).ConfigureAwait(false);
            if (failure is not null && Problem is null) Report(ControlEventLevel.Warning, "not renewed; it is tried again each second", failure);
            if (failure is null && Problem is not null) Report(ControlEventLevel.Information, "renewed again");
            Volatile.Write(ref _problem, failure);
            await Task.Delay(failure is null ? renew : StoreCalls.Retry, timeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// For a clean stop, after <see cref="RunAsync"/>: nobody holds the lease then, so that the others need not wait. One that another agent of
    /// this node has renewed since stays. A failure is reported: the lease runs out by itself.
    /// </summary>
    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        if (_written is not { } written) return;
        LeaseResource released = written with { Holder = "", RenewTime = timeProvider.GetUtcNow() };
        try
        {
            await StoreCalls.InTimeAsync(token => store.UpdateAsync(released, token), timeProvider, cancellationToken).ConfigureAwait(false);
            Report(ControlEventLevel.Information, "given back");
        }
        catch (ClusterStoreException exception) when (exception.Error is StoreError.Conflict or StoreError.NotFound)
        {
            Report(ControlEventLevel.Information, "another agent's by now, so not given back");
        }
        catch (ClusterStoreException exception)
        {
            Report(ControlEventLevel.Warning, "not given back; it runs out by itself", exception.Message);
        }
    }

    /// <returns>Why it failed; null when it worked.</returns>
    private async Task<string?> TryAsync(CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await RenewAsync(cancellationToken).ConfigureAwait(false);
                return null;
            }
            catch (ClusterStoreException exception) when (attempt < MostAttempts && exception.Error is (StoreError.Conflict or StoreError.NotFound or StoreError.AlreadyExists))
            {
                // Somebody was faster: it is read again.
            }
            catch (ClusterStoreException exception)
            {
                return exception.Message;
            }
        }
    }

    private async Task RenewAsync(CancellationToken cancellationToken)
    {
        // Forgotten until it is certain again: after a failure, what the store has may be another version.
        LeaseResource? known = _written;
        _written = null;
        known ??= await InTimeAsync(token => store.GetAsync<LeaseResource>(LeaseNames.SystemNamespace, LeaseNames.OfNode(node), token), cancellationToken).ConfigureAwait(false);
        DateTimeOffset now = timeProvider.GetUtcNow();
        LeaseResource wanted = (known ?? new() { Metadata = new() { Name = LeaseNames.OfNode(node), Namespace = LeaseNames.SystemNamespace } }) with
        {
            Holder = node,
            DurationSeconds = (int)duration.TotalSeconds,
            AcquireTime = known?.Holder == node ? known.AcquireTime : now,
            RenewTime = now,
        };
        _written = await InTimeAsync(token => known is null ? store.CreateAsync(wanted, token) : store.UpdateAsync(wanted, token), cancellationToken).ConfigureAwait(false);
    }

    private Task<T> InTimeAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken) => StoreCalls.InTimeAsync(call, timeProvider, cancellationToken);

    private void Report(ControlEventLevel level, string message, string? error = null) => report(new(level, message, $"Lease {LeaseNames.OfNode(node)}", error));
}
