using System.Collections.Immutable;
using System.Net;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Cluster;
using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Planning.Names;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;
using BgpLoadBalancer.Node.Agent.Sessions;

namespace BgpLoadBalancer.Node.Agent.Reports;

/// <summary>The reports of one session: when one is due, and how it gets into the session's object. For one loop.</summary>
internal sealed class SessionReport(IClusterStore store, BgpSpeaker speaker, ServiceSession planned, TimeSpan period, TimeProvider timeProvider)
{
    /// <summary>Changes that come sooner after a report wait.</summary>
    public static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);

    // With somebody else who writes the object all the time, the next pass may be luckier.
    private const int MostConflicts = 3;
    private NodeSession? _session;
    private BgpSessionStatus? _reported;
    private long? _reportedAt;
    private long? _failedAt;
    private TimeSpan _pause = ShortestPause;
    private long _routesOf = -1;
    private ImmutableArray<IPNetwork> _routes = [];

    /// <summary>As it was last read; null: it has to be looked for.</summary>
    public BgpSessionResource? Object { get; set; }

    public void Follow(NodeSession session) => _session = session;

    /// <summary>Found by its identity, never by its name (R32); and its status is this node's to write only while its spec names this node.</summary>
    public bool IsObject(BgpSessionResource resource) => resource.NodeName == planned.Node && SessionIdentity.Of(resource) == SessionIdentity.Of(planned);

    /// <summary>How long until a report is due if nothing changes; zero or less: it is now.</summary>
    public TimeSpan Left()
    {
        TimeSpan pause = _failedAt is { } failed ? _pause - timeProvider.GetElapsedTime(failed) : TimeSpan.Zero;
        if (pause > TimeSpan.Zero || _reportedAt is not { } reported) return pause;
        TimeSpan age = timeProvider.GetElapsedTime(reported);
        return (SessionStatuses.SayTheSame(Status(), _reported) ? period : ShortestPause) - age;
    }

    /// <summary>Writes how the session is now.</summary>
    /// <returns>False: the object went, and has to be looked for.</returns>
    /// <exception cref="ClusterStoreException">The store did not take it.</exception>
    public async Task<bool> WriteAsync(CancellationToken cancellationToken)
    {
        for (int conflicts = 0; Object is { } seen; conflicts++)
        {
            BgpSessionStatus status = Status();
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

    private BgpSessionStatus Status()
    {
        NodeSession session = _session!;
        string name = PlannedPeering.NameOf(session.Session);
        if (session.Info is not { EstablishedTime: not null } info) (_routesOf, _routes) = (-1, []);
        else if (info.Sent.Update.Count != _routesOf) (_routesOf, _routes) = (info.Sent.Update.Count, [.. speaker.GetAdvertisedPrefixes(name, SessionStatuses.MostRoutes).Select(prefix => prefix.ToIPNetwork())]);
        return SessionStatuses.Of(session, _routes, timeProvider.GetUtcNow());
    }
}
