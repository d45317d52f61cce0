using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;

namespace BgpLoadBalancer.Cluster.Control.Leading;

/// <summary>Lets the one work that holds a lease (R38).</summary>
public sealed class LeaseLeaderGate : ILeaderGate
{
    private const double Jitter = 0.2;

    private readonly LeaseAccess _lease;
    private readonly LeaderSettings _settings;
    private readonly TimeProvider _timeProvider;
    private readonly Random _random;
    private readonly Action<ControlEvent> _report;
    private string? _problem;

    /// <param name="leaseName">Such as <see cref="LeaseNames.OfController"/>, in <see cref="LeaseNames.SystemNamespace"/>.</param>
    /// <param name="identity">This candidate's alone among all that live or have lived lately: not a host's name by itself.</param>
    /// <param name="random">Keeps candidates from asking in step.</param>
    /// <param name="report">Called from any thread; for a log.</param>
    /// <exception cref="ArgumentException">The settings do not fit each other, or the identity is empty.</exception>
    public LeaseLeaderGate(IClusterStore store, string leaseName, string identity, LeaderSettings settings, TimeProvider timeProvider, Random random, Action<ControlEvent> report)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentException.ThrowIfNullOrEmpty(identity);
        settings.Check();
        _lease = new(store, leaseName, identity, settings, timeProvider);
        (_settings, _timeProvider, _random, _report) = (settings, timeProvider, random, report);
    }

    public string? Problem => Volatile.Read(ref _problem);

    public async Task RunAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        while (true)
        {
            HeldLease held = await TakeAsync(cancellationToken).ConfigureAwait(false);
            Report(ControlEventLevel.Information, "taken");
            bool isDone = await LeadAsync(held, work, cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            if (isDone) return;
        }
    }

    private async Task<HeldLease> TakeAsync(CancellationToken cancellationToken)
    {
        LeaseWatch watch = new(_lease, _settings.Lease, _timeProvider);
        string? holder = null;
        bool mayBeOurs = false;
        try
        {
            while (true)
            {
                try
                {
                    LeaseResource? seen = await _lease.ReadAsync(cancellationToken).ConfigureAwait(false);
                    mayBeOurs = seen is null || watch.MayTake(seen);
                    Volatile.Write(ref _problem, null);
                    if (mayBeOurs) return await (seen is null ? _lease.CreateAsync(cancellationToken) : _lease.RenewAsync(seen, cancellationToken)).ConfigureAwait(false);
                    if (seen!.Holder != holder) Report(ControlEventLevel.Information, $"waits for {seen.Holder}");
                    holder = seen.Holder;
                }
                catch (ClusterStoreException exception) when (exception.Error is StoreError.Conflict or StoreError.AlreadyExists or StoreError.NotFound)
                {
                    // Another one was faster: look again, and count again from what is there then.
                    mayBeOurs = false;
                }
                catch (ClusterStoreException exception)
                {
                    string problem = $"The lease {_lease.Name} cannot be had: {exception.Message}";
                    if (problem != Problem) Report(ControlEventLevel.Warning, "cannot be had", exception.Message);
                    Volatile.Write(ref _problem, problem);
                }

                await WaitAsync(_settings.Renew, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (mayBeOurs)
        {
            await ReleaseAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <returns>True when the work ended by itself.</returns>
    private async Task<bool> LeadAsync(HeldLease held, Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        using CancellationTokenSource working = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using CancellationTokenSource renewing = new();
        using LeaseRenewal renewal = new(_lease, _settings, held, _timeProvider, WaitAsync, _report);
        using CancellationTokenRegistration losing = renewal.Lost.Register(working.Cancel);
        Task renewals = renewal.RunAsync(renewing.Token);
        try
        {
            // As long as it works, even when it takes its time to end, the lease is renewed.
            await Task.Run(() => work(working.Token), CancellationToken.None).ConfigureAwait(false);
            return !renewal.Lost.IsCancellationRequested;
        }
        catch (OperationCanceledException) when (renewal.Lost.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
        finally
        {
            await renewing.CancelAsync().ConfigureAwait(false);
            await renewals.ConfigureAwait(false);
            await ReleaseAsync().ConfigureAwait(false);
        }
    }

    // Not cancelled, but short: two calls of the store.
    private async Task ReleaseAsync()
    {
        try
        {
            // Read first: a write whose answer did not come may have changed it, or made it ours.
            LeaseResource? current = await _lease.ReadAsync(CancellationToken.None).ConfigureAwait(false);
            if (!_lease.IsOurs(current)) return;
            await _lease.ReleaseAsync(current, CancellationToken.None).ConfigureAwait(false);
            Report(ControlEventLevel.Information, "given back");
        }
        catch (ClusterStoreException exception)
        {
            Report(ControlEventLevel.Warning, "not given back; the others wait until it has run out", exception.Message);
        }
    }

    private Task WaitAsync(TimeSpan most, CancellationToken cancellationToken)
    {
        double part;
        lock (_random) part = _random.NextDouble();
        return Task.Delay(most * (1 - (Jitter * part)), _timeProvider, cancellationToken);
    }

    private void Report(ControlEventLevel level, string message, string? error = null) => _report(new(level, message, $"Lease {_lease.Name}", error));
}
