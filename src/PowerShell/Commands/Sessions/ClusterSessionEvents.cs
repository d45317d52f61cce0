using BgpLoadBalancer.Cluster.Stores;
using BgpLoadBalancer.PowerShell.Models;

namespace BgpLoadBalancer.PowerShell.Commands.Sessions;

/// <summary>Makes events of what nodes report about their sessions.</summary>
internal sealed class ClusterSessionEvents(string cluster, ClusterPeerNames names, TimeProvider timeProvider)
{
    public const string AtStart = "the state as watching begins";

    /// <summary>Events of sessions that one of these means.</summary>
    public List<ClusterSessionFilter> Filters { get; } = [];

    public IEnumerable<BgpSessionEvent> Of(SessionChange change)
    {
        BgpSession? before = change.Before is null ? null : names.Describe(change.Before);
        BgpSession? now = change.Now is null ? null : names.Describe(change.Now);
        if ((now ?? before) is not { } session || !Filters.Exists(filter => filter.Matches(session))) yield break;
        if (now is null) yield return Make(session, BgpSessionEventKind.Removed, null, null, "it is not planned any more");
        else if (change.AtStart) yield return Make(now, BgpSessionEventKind.StateChanged, now.State, now.State, AtStart);
        else if (before is null) yield return Make(now, BgpSessionEventKind.Added, null, now.State, From(now));
        else if (before.State != now.State) yield return Make(now, BgpSessionEventKind.StateChanged, before.State, now.State, WhyChanged(now));
        else if (now.LastError is { } error && error != before.LastError) yield return Make(now, BgpSessionEventKind.Warning, null, null, error);
    }

    public BgpSessionEvent Interrupted(ClusterStoreException problem) =>
        new(timeProvider.GetUtcNow(), null, null, null, BgpSessionEventKind.Warning, null, null, $"The cluster does not answer, and is asked again: {problem.Message}", null, cluster);

    private static string From(BgpSession session) => session.FloatingIPAddress is { } address ? $"from floating IP {address}" : "of the control plane";

    private static string WhyChanged(BgpSession now) => now.State switch
    {
        BgpReportedState.Established => From(now),
        BgpReportedState.Unknown => "its node does not report any more",
        _ => now.LastError ?? "",
    };

    private BgpSessionEvent Make(BgpSession session, BgpSessionEventKind kind, BgpReportedState? old, BgpReportedState? state, string message) =>
        new(timeProvider.GetUtcNow(), session.Node, session.Peer, session.PeerIPAddress, kind, old, state, message, null, cluster);
}
