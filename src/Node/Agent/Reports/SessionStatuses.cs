using System.Collections.Immutable;
using System.Net;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Bgp.Session;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Node.Agent.Sessions;

namespace BgpLoadBalancer.Node.Agent.Reports;

/// <summary>What is reported of a session (R30). Pure.</summary>
public static class SessionStatuses
{
    /// <summary>How many prefixes a report names at most, the first in their order: an object of the API has to stay small.</summary>
    public const int MostRoutes = 1000;

    /// <param name="routes">The prefixes that the peer has from us, at most <see cref="MostRoutes"/>.</param>
    /// <param name="now">By the wall clock, for people.</param>
    public static BgpSessionStatus Of(NodeSession session, ImmutableArray<IPNetwork> routes, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(session);
        BgpSessionInfo? info = session.Info;
        return new()
        {
            State = (info?.State ?? BgpSessionState.Idle).ToString(),
            LastReportTime = now,
            AdvertisedRoutes = routes,
            LastError = session.Problem ?? info?.LastError,
            EstablishedTime = info?.EstablishedTime,
            Flaps = info?.Flaps ?? 0,
            AddPath = info is { AddPathSend.IsEmpty: false },
        };
    }

    /// <summary>Whether both say the same, the time of the report aside.</summary>
    public static bool SayTheSame(BgpSessionStatus? one, BgpSessionStatus? other)
    {
        if (one is null || other is null) return ReferenceEquals(one, other);
        return one with { LastReportTime = other.LastReportTime, AdvertisedRoutes = other.AdvertisedRoutes } == other && one.AdvertisedRoutes.AsSpan().SequenceEqual(other.AdvertisedRoutes.AsSpan());
    }
}
