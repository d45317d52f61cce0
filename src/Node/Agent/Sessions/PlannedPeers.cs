using System.Collections.Immutable;
using System.Net;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Node.Agent.Sessions;

/// <summary>Makes a speaker's peers of the sessions of a plan (R3, R18, R28). Pure.</summary>
public static class PlannedPeers
{
    /// <summary>The sessions that start from a floating IP, whichever node the plan has it on.</summary>
    /// <param name="secrets">Those of the cluster's namespace.</param>
    public static ImmutableArray<PlannedPeering> Of(ClusterPlan plan, IPAddress floatingIP, IEnumerable<SecretResource> secrets)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(floatingIP);
        ArgumentNullException.ThrowIfNull(secrets);
        return [.. plan.ServiceSessions.Where(session => session.FloatingIP.Equals(floatingIP)).Select(session => Of(session, secrets))];
    }

    /// <summary>One session with the extensions of its BGPPeer; what those leave out is the speaker's default (R42).</summary>
    public static PlannedPeering Of(ServiceSession session, IEnumerable<SecretResource> secrets)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(secrets);
        BgpPeerOptions options = new()
        {
            Name = PlannedPeering.NameOf(session),
            PeerAddress = session.Peer.Address,
            PeerPort = session.Peer.Port,
            PeerAsn = session.Peer.Asn,
            LocalAsn = session.LocalAsn,
            LocalAddress = session.FloatingIP,
            PathRank = session.Rank,
            // R24: by default.
            GracefulRestart = session.Peer.Resource?.GracefulRestart == false ? null : GracefulRestartOptions.Default,
        };
        if (session.Peer.Resource is not { } peer) return new(session, options, null);
        if (PeerPassword.Find(peer, secrets, out string? password) is { } noPassword) return new(session, null, noPassword);
        if (Communities.TryParse(peer.Communities, out ImmutableArray<uint> communities) is { } badCommunity) return new(session, null, badCommunity);
        if (Communities.TryParseLarge(peer.LargeCommunities, out ImmutableArray<Bgp.Routes.LargeCommunity> large) is { } badLarge) return new(session, null, badLarge);
        options = options with
        {
            HoldTime = Seconds(peer.HoldTime) ?? options.HoldTime,
            // 0, like a hold time of 0, sends none; the speaker has that only as the latter, and a third of it otherwise.
            KeepaliveTime = peer.KeepaliveTime is 0 ? null : Seconds(peer.KeepaliveTime),
            ConnectRetryTime = Seconds(peer.ConnectRetryTime) ?? options.ConnectRetryTime,
            TtlSecurity = peer.TtlSecurity ?? false,
            Password = password,
            Communities = communities,
            LargeCommunities = large,
            Med = peer.Med,
            Prepend = peer.Prepend ?? 0,
        };
        return peer is { KeepaliveTime: 0, HoldTime: not 0 }
            ? new(session, null, $"BGPPeer {peer.Metadata.Name} has keepaliveTime 0, and its holdTime is not 0: write 1 or more, or leave it out.")
            : new(session, options, null);
    }

    private static TimeSpan? Seconds(int? seconds) => seconds is { } given ? TimeSpan.FromSeconds(given) : null;
}
