using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using System.Net;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.PowerShell.Completers;
using BgpLoadBalancer.PowerShell.Runtime;
using BgpLoadBalancer.PowerShell.Transforms;

namespace BgpLoadBalancer.PowerShell.Commands;

/// <summary>A cmdlet that acts on a speaker of this process, or, without one, on the connected cluster.</summary>
public abstract class SpeakerCmdlet : ClusterCmdlet
{
    /// <summary>The speaker; null or empty is the cluster.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, HelpMessage = "A speaker of this process: its name, or what Get-BgpSpeaker gives.")]
    [SpeakerTransform]
    [ArgumentCompleter(typeof(SpeakerNameCompleter))]
    [System.Management.Automation.AllowNull]
    [AllowEmptyString]
    public string? Speaker { get; set; }

    /// <summary>What a command that knows no clusters says of the one that does, such as <c>; Get-BgpAdvertisedRoute shows the routes of a cluster</c>.</summary>
    private protected virtual string InsteadForCluster => "";

    /// <summary>A speaker is named; else the command is about the cluster. What was typed goes before what an object brought from where it was got.</summary>
    private protected bool IsForSpeaker => !string.IsNullOrEmpty(Speaker) && (string.IsNullOrEmpty(Cluster) || WasTyped(nameof(Speaker)) || !WasTyped(nameof(Cluster)));

    /// <summary>The speaker that was named; an unknown name is an error of this input alone, and so is a cluster, for a command that ends up here.</summary>
    private protected bool TryGetSpeaker([NotNullWhen(true)] out RunningSpeaker? speaker)
    {
        speaker = null;
        if (!IsForSpeaker)
        {
            if (TryGetCluster(out ConnectedCluster? cluster)) WriteError(BgpErrors.SpeakerNotNamed(MyInvocation.MyCommand.Name, cluster.Name, InsteadForCluster));
            return false;
        }

        if (!string.IsNullOrEmpty(Cluster) && WasTyped(nameof(Cluster)) == WasTyped(nameof(Speaker))) ThrowTerminatingError(BgpErrors.ParameterNotForSpeaker(nameof(Cluster), "Name a speaker or a cluster, not both."));
        if (SpeakerTable.TryGet(Speaker!, out speaker)) return true;
        WriteError(BgpErrors.SpeakerNotFound(Speaker!, SpeakerTable.Names));
        return false;
    }

    /// <summary>The object in the pipeline was got from a cluster and goes to a speaker, or the other way round.</summary>
    private protected bool IsCrossing => !string.IsNullOrEmpty(Speaker) && !string.IsNullOrEmpty(Cluster);

    /// <summary>The peer of that name, or an error that says which there are.</summary>
    private protected bool TryGetPeer(RunningSpeaker speaker, string name, [NotNullWhen(true)] out BgpPeerOptions? peer)
    {
        peer = speaker.Engine.Peers.FirstOrDefault(peer => string.Equals(peer.Name, name, StringComparison.OrdinalIgnoreCase));
        if (peer is null) WriteError(BgpErrors.PeerNotFound(name, speaker.Name, speaker.Engine.Peers.Select(peer => peer.Name)));
        return peer is not null;
    }

    /// <summary>The sessions with these addresses, or with everybody; an address without one is an error.</summary>
    private protected IEnumerable<BgpSessionInfo> FindSessions(RunningSpeaker speaker, IPAddress[]? addresses, string? peer = null)
    {
        IEnumerable<BgpSessionInfo> all = speaker.Engine.GetSessions();
        if (!string.IsNullOrEmpty(peer)) all = all.Where(session => string.Equals(session.Peer, peer, StringComparison.OrdinalIgnoreCase));
        BgpSessionInfo[] sessions = [.. all];
        IPAddress[] wanted = [.. (addresses ?? []).Where(address => address is not null)];
        if (wanted.Length == 0) return sessions;
        foreach (IPAddress address in wanted.Where(address => !sessions.Any(session => session.PeerAddress.Equals(address))))
        {
            WriteError(BgpErrors.SessionNotFound(address.ToString(), $"Speaker '{speaker.Name}'", sessions.Select(session => session.PeerAddress.ToString())));
        }

        return sessions.Where(session => wanted.Contains(session.PeerAddress));
    }
}
