using System.Collections.Immutable;
using System.Net;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Cluster.Planning.Names;
using BgpLoadBalancer.Node.Agent.Sessions;

namespace BgpLoadBalancer.Node.Agent.Reports;

/// <summary>What there is to report of a node's service sessions. For one loop.</summary>
/// <param name="sessions">Those of this node now.</param>
internal sealed class ServiceReports(BgpSpeaker speaker, Func<ImmutableArray<NodeSession>> sessions, TimeProvider timeProvider)
{
    // By the peer's name; only an UPDATE changes what the peer has.
    private Dictionary<string, AdvertisedRoutes> _routes = new(StringComparer.Ordinal);

    public ImmutableArray<ReportedSession> Get()
    {
        DateTimeOffset now = timeProvider.GetUtcNow();
        Dictionary<string, AdvertisedRoutes> routes = new(StringComparer.Ordinal);
        ImmutableArray<ReportedSession> reported = [.. sessions().Select(session => new ReportedSession(SessionIdentity.Of(session.Session), SessionStatuses.Of(session, RoutesOf(session, routes), now)))];
        _routes = routes;
        return reported;
    }

    private ImmutableArray<IPNetwork> RoutesOf(NodeSession session, Dictionary<string, AdvertisedRoutes> routes)
    {
        if (session.Info is not { EstablishedTime: { } since } info) return [];
        string name = PlannedPeering.NameOf(session.Session);
        if (!_routes.TryGetValue(name, out AdvertisedRoutes known) || known.Since != since || known.Updates != info.Sent.Update.Count)
        {
            known = new(since, info.Sent.Update.Count, [.. speaker.GetAdvertisedPrefixes(name, SessionStatuses.MostRoutes).Select(prefix => prefix.ToIPNetwork())]);
        }

        routes[name] = known;
        return known.Routes;
    }

    private readonly record struct AdvertisedRoutes(DateTimeOffset Since, long Updates, ImmutableArray<IPNetwork> Routes);
}
