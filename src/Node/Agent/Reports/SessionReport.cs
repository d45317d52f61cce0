using BgpLoadBalancer.Cluster;
using BgpLoadBalancer.Cluster.Planning.Names;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;

namespace BgpLoadBalancer.Node.Agent.Reports;

/// <summary>The reports of one session: when one is due, and how it gets into the session's object. For one loop.</summary>
internal sealed class SessionReport(IClusterStore store, SessionIdentity identity, TimeSpan period, TimeProvider timeProvider)
{
    /// <summary>Changes that come sooner after a report wait.</summary>
    public static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);

    // With somebody else who writes the object all the time, the next pass may be luckier.
    private const int MostConflicts = 3;
    private BgpSessionStatus? _now;
    private BgpSessionStatus? _reported;
    private long? _reportedAt;
    private long? _failedAt;
    private TimeSpan _pause = ShortestPause;

    /// <summary>As it was last read; null: it has to be looked for.</summary>
    public BgpSessionResource? Object { get; set; }

    /// <summary>How the session is now.</summary>
    public void Follow(BgpSessionStatus now) => _now = now;

    /// <summary>Found by its identity, never by its name (R32); and its status is this node's to write only while its spec names this node.</summary>
    public bool IsObject(BgpSessionResource resource) => SessionIdentity.Of(resource) == identity;

    /// <summary>How long until a report is due if nothing changes; zero or less: it is now.</summary>
    public TimeSpan Left()
    {
        TimeSpan pause = _failedAt is { } failed ? _pause - timeProvider.GetElapsedTime(failed) : TimeSpan.Zero;
        if (pause > TimeSpan.Zero || _reportedAt is not { } reported) return pause;
        TimeSpan age = timeProvider.GetElapsedTime(reported);
        return (SessionStatuses.SayTheSame(_now, _reported) ? period : ShortestPause) - age;
    }

    /// <summary>Writes how the session is.</summary>
    /// <returns>False: the object went, and has to be looked for.</returns>
    /// <exception cref="ClusterStoreException">The store did not take it.</exception>
    public async Task<bool> WriteAsync(CancellationToken cancellationToken)
    {
        for (int conflicts = 0; Object is { } seen; conflicts++)
        {
            BgpSessionStatus? status = _now;
            try
            {
                Object = await store.UpdateStatusAsync(seen with { Status = status }, cancellationToken).ConfigureAwait(false);
                (_reported, _reportedAt, _failedAt, _pause) = (status, timeProvider.GetTimestamp(), null, ShortestPause);
                return true;
            }
            catch (ClusterStoreException exception) when (exception.Error == StoreError.NotFound || (exception.Error == StoreError.Conflict && conflicts < MostConflicts))
            {
                BgpSessionResource? now = await store.GetAsync<BgpSessionResource>(seen.Metadata.Namespace, seen.Metadata.Name, cancellationToken).ConfigureAwait(false);
                Object = now is not null && IsObject(now) ? now : null;
            }
        }

        return false;
    }

    /// <summary>The next try is later.</summary>
    public void Fail()
    {
        if (_failedAt is not null) _pause = _pause * 2 > period ? period : _pause * 2;
        _failedAt = timeProvider.GetTimestamp();
    }
}
