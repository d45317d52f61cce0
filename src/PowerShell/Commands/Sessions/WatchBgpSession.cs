using System.Management.Automation;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.PowerShell.Commands.Sessions;

/// <summary>Writes what happens to sessions, as it happens, until it is stopped or the speaker is. Begins with the state of each session now.</summary>
[Cmdlet(VerbsCommon.Watch, "BgpSession")]
[OutputType(typeof(BgpSessionEvent))]
public sealed class WatchBgpSession : SessionCmdlet
{
    private readonly Dictionary<RunningSpeaker, HashSet<string>?> _watched = [];

    protected override void ProcessRecord()
    {
        if (!TryGetSpeaker(out RunningSpeaker? speaker)) return;
        bool everybody = PeerIPAddress is not { Length: > 0 } && string.IsNullOrEmpty(Peer);
        HashSet<string>? peers = everybody ? null : [.. FindSessions(speaker, PeerIPAddress, Peer).Select(session => session.Peer)];
        if (peers is { Count: 0 }) return;
        if (!_watched.TryGetValue(speaker, out HashSet<string>? known)) _watched.Add(speaker, peers);
        else if (peers is null) _watched[speaker] = null;
        else known?.UnionWith(peers);
    }

    protected override void EndProcessing()
    {
        if (_watched.Count > 0) RunAsync(() => Task.WhenAll(_watched.Select(watched => WatchAsync(watched.Key, watched.Value))));
    }

    private async Task WatchAsync(RunningSpeaker speaker, HashSet<string>? peers)
    {
        using EventHub.Subscription subscription = speaker.Events.Subscribe();
        foreach (BgpSessionInfo session in speaker.Engine.GetSessions().Where(session => peers?.Contains(session.Peer) ?? true))
        {
            BgpSessionEvent now = new(DateTimeOffset.UtcNow, speaker.Name, session.Peer, session.PeerAddress, BgpSessionEventKind.StateChanged, session.State, session.State, "the state as watching begins");
            Post(() => WriteObject(now));
        }

        await foreach (BgpSessionEvent happened in subscription.Reader.ReadAllAsync(StopToken).ConfigureAwait(false))
        {
            if (peers is null || (happened.Peer is not null && peers.Contains(happened.Peer))) Post(() => WriteObject(happened));
        }
    }
}
