using System.Collections.Immutable;
using BgpLoadBalancer.Cluster;
using BgpLoadBalancer.Cluster.Control;
using BgpLoadBalancer.Cluster.Planning.Names;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;

namespace BgpLoadBalancer.Node.Agent.Reports;

/// <summary>
/// Writes the status of this node's BGPSessions (R30): at each change, a second apart at least, and each period anyway. It looks at how things are when it
/// writes, so while the store is away nothing queues up. The objects are made by others: one that is not there yet is waited for.
/// </summary>
/// <param name="sessions">The sessions of this node, and how they are now.</param>
internal sealed class SessionReporter(IClusterStore store, Func<ImmutableArray<ReportedSession>> sessions, TimeSpan period, TimeProvider timeProvider, Action<ControlEvent> report)
{
    private readonly WakeSignal _signal = new(timeProvider);
    private readonly Dictionary<SessionIdentity, SessionReport> _reports = [];
    private string? _problem;

    /// <summary>Why reports do not get through at the moment; null when they do.</summary>
    public string? Problem => Volatile.Read(ref _problem);

    /// <summary>A session may have changed. From any thread.</summary>
    public void Wake() => _signal.Wake();

    /// <summary>Reports until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await PassAsync(cancellationToken).ConfigureAwait(false);
            TimeSpan left = _reports.Values.Select(entry => entry.Left()).Append(SessionReport.ShortestPause).Min();
            await _signal.WaitAsync(left > TimeSpan.Zero ? left : SessionReport.ShortestPause, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Reports what is due, once.</summary>
    public Task PassAsync(CancellationToken cancellationToken)
    {
        Follow(sessions());
        return ReportAsync([.. _reports.Values.Where(entry => entry.Left() <= TimeSpan.Zero)], cancellationToken);
    }

    /// <summary>Reports everything once, due or not: for an agent that ends, after <see cref="RunAsync"/>.</summary>
    public Task ReportAllAsync(CancellationToken cancellationToken)
    {
        Follow(sessions());
        return ReportAsync([.. _reports.Values], cancellationToken);
    }

    private async Task ReportAsync(SessionReport[] due, CancellationToken cancellationToken)
    {
        if (due.Length == 0) return;
        using CancellationTokenSource timer = new(period, timeProvider);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        string? problem = due.Any(entry => entry.Object is null) ? await TryAsync(() => FindAsync(due, either.Token), cancellationToken).ConfigureAwait(false) : null;
        string?[] problems = await Task.WhenAll(due.Select(entry => WriteAsync(entry, either.Token, cancellationToken))).ConfigureAwait(false);
        Note(problem ?? problems.FirstOrDefault(one => one is not null));
    }

    private void Follow(ImmutableArray<ReportedSession> now)
    {
        HashSet<SessionIdentity> identities = [];
        foreach (ReportedSession session in now)
        {
            _ = identities.Add(session.Identity);
            if (!_reports.TryGetValue(session.Identity, out SessionReport? entry)) _reports.Add(session.Identity, entry = new(store, session.Identity, period, timeProvider));
            entry.Follow(session.Status);
        }

        foreach (SessionIdentity gone in _reports.Keys.Where(identity => !identities.Contains(identity)).ToArray()) _ = _reports.Remove(gone);
    }

    private async Task FindAsync(SessionReport[] due, CancellationToken cancellationToken)
    {
        ResourceList<BgpSessionResource> all = await store.ListAsync<BgpSessionResource>(LeaseNames.SystemNamespace, cancellationToken).ConfigureAwait(false);
        foreach (SessionReport entry in due) entry.Object ??= all.Items.FirstOrDefault(entry.IsObject);
    }

    private async Task<string?> WriteAsync(SessionReport entry, CancellationToken limit, CancellationToken cancellationToken)
    {
        bool written = false;
        string? problem = await TryAsync(async () => written = await entry.WriteAsync(limit).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        if (!written) entry.Fail();
        return problem;
    }

    private async Task<string?> TryAsync(Func<Task> action, CancellationToken cancellationToken)
    {
        try
        {
            await action().ConfigureAwait(false);
            return null;
        }
        catch (ClusterStoreException exception)
        {
            return exception.Message;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"The store has not answered within {period.TotalSeconds:0.##} s.";
        }
    }

    private void Note(string? problem)
    {
        if (Problem is null != problem is null)
        {
            report(problem is null
                ? new(ControlEventLevel.Information, "reports of sessions get through again")
                : new(ControlEventLevel.Warning, "reports of sessions do not get through", Error: problem));
        }

        Volatile.Write(ref _problem, problem);
    }
}
