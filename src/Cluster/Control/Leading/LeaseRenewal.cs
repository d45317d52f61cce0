using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;

namespace BgpLoadBalancer.Cluster.Control.Leading;

/// <summary>Renews a lease that is ours, and says when it is not to be relied on any more.</summary>
internal sealed class LeaseRenewal : IDisposable
{
    private readonly LeaseAccess _lease;
    private readonly LeaderSettings _settings;
    private readonly TimeProvider _timeProvider;
    private readonly Func<TimeSpan, CancellationToken, Task> _wait;
    private readonly Action<ControlEvent> _report;
    private readonly CancellationTokenSource _lost;
    private HeldLease _held;

    /// <param name="wait">Waits for about so long, not longer.</param>
    public LeaseRenewal(LeaseAccess lease, LeaderSettings settings, HeldLease held, TimeProvider timeProvider, Func<TimeSpan, CancellationToken, Task> wait, Action<ControlEvent> report)
    {
        (_lease, _settings, _timeProvider, _wait, _report, _held) = (lease, settings, timeProvider, wait, report, held);
        _lost = new(Left, timeProvider);
        Lost = _lost.Token;
    }

    /// <summary>Cancelled at the drop time, by a timer of its own: no call of the store that hangs can hold it up. It is never taken back.</summary>
    public CancellationToken Lost { get; }

    private TimeSpan Left => TimeSpan.FromTicks(Math.Max(0, (_settings.Drop - _timeProvider.GetElapsedTime(_held.From)).Ticks));

    /// <summary>Ends when it is cancelled or the lease is lost.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Lost);
        try
        {
            bool isAway = false;
            while (!ending.IsCancellationRequested)
            {
                await _wait(isAway ? _settings.Renew / 2 : _settings.Renew, ending.Token).ConfigureAwait(false);
                isAway = !await RenewAsync(isAway, ending.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The end that was asked for, or that Lost tells of.
        }

        if (Lost.IsCancellationRequested) Report(ControlEventLevel.Warning, "lost");
    }

    public void Dispose() => _lost.Dispose();

    /// <returns>False when it has to be tried again soon.</returns>
    private async Task<bool> RenewAsync(bool wasAway, CancellationToken cancellationToken)
    {
        try
        {
            HeldLease renewed = await _lease.RenewAsync(_held.Resource, cancellationToken).ConfigureAwait(false);
            _held = renewed;
            _lost.CancelAfter(Left);
            return true;
        }
        catch (ClusterStoreException exception) when (exception.Error is StoreError.Conflict or StoreError.NotFound)
        {
            return await LookAsync(exception, wasAway, cancellationToken).ConfigureAwait(false);
        }
        catch (ClusterStoreException exception)
        {
            if (!wasAway) Report(ControlEventLevel.Warning, "not renewed; it is tried again", exception.Message);
            return false;
        }
    }

    // Another's, or changed by a write of ours that was answered too late.
    private async Task<bool> LookAsync(ClusterStoreException refusal, bool wasAway, CancellationToken cancellationToken)
    {
        try
        {
            LeaseResource? seen = await _lease.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (_lease.IsOurs(seen)) _held = _held with { Resource = seen };
            else _lost.Cancel();
        }
        catch (ClusterStoreException exception)
        {
            if (!wasAway) Report(ControlEventLevel.Warning, $"not renewed ({refusal.Message}); it is tried again", exception.Message);
        }

        return false;
    }

    private void Report(ControlEventLevel level, string message, string? error = null) => _report(new(level, message, $"Lease {_lease.Name}", error));
}
