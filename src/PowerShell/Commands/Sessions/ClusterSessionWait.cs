using BgpLoadBalancer.Cluster;
using BgpLoadBalancer.Cluster.Stores;
using BgpLoadBalancer.PowerShell.Models;

namespace BgpLoadBalancer.PowerShell.Commands.Sessions;

/// <summary>Waits for sessions of one cluster, also while its store does not answer: every filter for one session at least, and for each that it matches until it has been in the state.</summary>
internal sealed class ClusterSessionWait(ClusterPeerNames names, IReadOnlyCollection<ClusterSessionFilter> filters, BgpReportedState state)
{
    private readonly Dictionary<string, BgpSession> _now = new(StringComparer.Ordinal);
    private readonly HashSet<string> _reached = new(StringComparer.Ordinal);

    /// <summary>Those that are meant and have not been in the state.</summary>
    public IEnumerable<BgpSession> Late => Meant.Where(session => !_reached.Contains(session.Name));

    /// <summary>Filters that match nothing.</summary>
    public IEnumerable<ClusterSessionFilter> Missing => filters.Where(filter => !_now.Values.Any(filter.Matches));

    /// <summary>The addresses with which there are sessions.</summary>
    public IEnumerable<string> Peers => _now.Values.Select(session => session.PeerIPAddress.ToString()).Distinct();

    private IEnumerable<BgpSession> Meant => _now.Values.Where(session => filters.Any(filter => filter.Matches(session)));

    private bool IsDone => !Late.Any() && !Missing.Any();

    /// <param name="reached">Gets each session when it is in the state for the first time.</param>
    /// <exception cref="OperationCanceledException">Not all were in time: <see cref="Late"/> and <see cref="Missing"/> say which.</exception>
    /// <exception cref="ClusterStoreException">The store refuses.</exception>
    public async Task RunAsync(IClusterStore store, Action<BgpSession> reached, CancellationToken cancellationToken)
    {
        using CancellationTokenSource done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        SessionFeed feed = new(store, See, static _ => { }, TimeProvider.System);
        try
        {
            await feed.FollowAsync(done.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (IsDone)
        {
            // What was waited for.
        }

        void See(IReadOnlyList<SessionChange> changes)
        {
            foreach (SessionChange change in changes)
            {
                if (change.Before is { } before) _ = _now.Remove(before.Metadata.Name);
                if (change.Now is not { } now) continue;
                BgpSession session = _now[now.Metadata.Name] = names.Describe(now);
                if (session.State == state && filters.Any(filter => filter.Matches(session)) && _reached.Add(session.Name)) reached(session);
            }

            if (IsDone) done.Cancel();
        }
    }
}
