using System.Management.Automation;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Cluster.Stores;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.PowerShell.Commands.Sessions;

/// <summary>
/// Writes what happens to sessions, as it happens, until it is stopped or the speaker is. Begins with the state of each session now. Of a cluster it is
/// what its nodes report.
/// </summary>
[Cmdlet(VerbsCommon.Watch, "BgpSession")]
[OutputType(typeof(BgpSessionEvent))]
public sealed class WatchBgpSession : SessionCmdlet
{
    private readonly Dictionary<RunningSpeaker, HashSet<string>?> _watched = [];
    private readonly Dictionary<ConnectedCluster, ClusterSessionEvents> _clusters = [];

    protected override void ProcessRecord()
    {
        if (IsAboutOther) return;
        if (IsForSpeaker) AddOfSpeaker();
        else AddOfCluster();
    }

    protected override void EndProcessing()
    {
        if (_watched.Count + _clusters.Count > 0) RunAsync(() => Task.WhenAll([.. _watched.Select(watched => WatchAsync(watched.Key, watched.Value)), .. _clusters.Select(cluster => WatchAsync(cluster.Key, cluster.Value))]));
    }

    private void AddOfSpeaker()
    {
        if (!TryGetSpeaker(out RunningSpeaker? speaker)) return;
        bool everybody = PeerIPAddress is not { Length: > 0 } && string.IsNullOrEmpty(Peer) && IsNodeWanted(speaker.Name);
        HashSet<string>? peers = everybody ? null : [.. FindSessions(speaker).Select(session => session.Peer)];
        if (peers is { Count: 0 }) return;
        if (!_watched.TryGetValue(speaker, out HashSet<string>? known)) _watched.Add(speaker, peers);
        else if (peers is null) _watched[speaker] = null;
        else known?.UnionWith(peers);
    }

    private void AddOfCluster()
    {
        if (!TryGetCluster(out ConnectedCluster? cluster)) return;
        if (!_clusters.TryGetValue(cluster, out ClusterSessionEvents? events))
        {
            if (!TryGetPeerNames(cluster, out ClusterPeerNames? names)) return;
            _clusters.Add(cluster, events = new(cluster.Name, names, TimeProvider.System));
        }

        events.Filters.Add(ClusterFilter());
    }

    private async Task WatchAsync(RunningSpeaker speaker, HashSet<string>? peers)
    {
        using EventHub.Subscription subscription = speaker.Events.Subscribe();
        foreach (BgpSessionInfo session in speaker.Engine.GetSessions().Where(session => peers?.Contains(session.Peer) ?? true))
        {
            BgpReportedState state = (BgpReportedState)session.State;
            BgpSessionEvent now = new(DateTimeOffset.UtcNow, speaker.Name, session.Peer, session.PeerAddress, BgpSessionEventKind.StateChanged, state, state, ClusterSessionEvents.AtStart, speaker.Name, null);
            Post(() => WriteObject(now));
        }

        await foreach (BgpSessionEvent happened in subscription.Reader.ReadAllAsync(StopToken).ConfigureAwait(false))
        {
            if (peers is null || (happened.Peer is not null && peers.Contains(happened.Peer))) Post(() => WriteObject(happened));
        }
    }

    private async Task WatchAsync(ConnectedCluster cluster, ClusterSessionEvents events)
    {
        void Write(BgpSessionEvent happened) => Post(() => WriteObject(happened));
        SessionFeed feed = new(
            cluster.Store,
            changes =>
            {
                foreach (BgpSessionEvent happened in changes.SelectMany(events.Of)) Write(happened);
            },
            problem => Write(events.Interrupted(problem)),
            TimeProvider.System);
        try
        {
            await feed.FollowAsync(StopToken).ConfigureAwait(false);
        }
        catch (ClusterStoreException e)
        {
            Post(() => WriteError(BgpErrors.Store(e, cluster.Name, null)));
        }
    }
}
