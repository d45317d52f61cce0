using BgpLoadBalancer.Bgp.Session;
using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Node.ControlPlane;

/// <summary>What is reported of a control-plane session (R30), given what bgpadvertiser says. Pure.</summary>
internal static class ControlPlaneStatuses
{
    /// <param name="configPath">What bgpadvertiser should have read.</param>
    /// <param name="now">By the wall clock, for people.</param>
    /// <returns>
    /// State Unknown when bgpadvertiser does not say how its sessions are: it may well have them. Idle when it says that it has no such session, which is true
    /// too for a moment after each change of its file.
    /// </returns>
    public static BgpSessionStatus Of(ControlPlaneSession session, AdvertiserAnswer answer, string configPath, DateTimeOffset now)
    {
        if (answer.Problem is { } problem) return new() { State = BgpSessionStatus.Unknown, LastReportTime = now, LastError = problem };
        AdvertiserSession? told = answer.Sessions.FirstOrDefault(told => told.Peer.Equals(session.PeerAddress) && session.LocalAddress.Equals(told.Local) && told.LocalAsn == session.LocalAsn && told.PeerAsn == session.PeerAsn);
        return told is null
            ? new() { State = nameof(BgpSessionState.Idle), LastReportTime = now, LastError = $"bgpadvertiser does not have this session: it has not read {configPath} again yet, or its log says why it does not take it." }
            : told.Status with { LastReportTime = now, LastError = WrongVip(session, told.Status) ?? told.Status.LastError };
    }

    // Nothing announced is all right: the API server may not be well (R13).
    private static string? WrongVip(ControlPlaneSession session, BgpSessionStatus status) =>
        session.Vip?.ToIPNetwork() is not { } vip || status.AdvertisedRoutes.IsEmpty || status.AdvertisedRoutes.Contains(vip)
            ? null
            : $"bgpadvertiser announces {string.Join(", ", status.AdvertisedRoutes)} and not the Cluster's controlPlaneVIP {vip.BaseAddress}: correct its --advertise-ip.";
}
