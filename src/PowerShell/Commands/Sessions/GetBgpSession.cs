using System.Management.Automation;
using System.Net;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;
using BgpLoadBalancer.PowerShell.Completers;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.PowerShell.Commands.Sessions;

/// <summary>The sessions as they are now: of a speaker, or those of a cluster as its nodes have reported them (R30).</summary>
[Cmdlet(VerbsCommon.Get, "BgpSession")]
[OutputType(typeof(BgpSession))]
public sealed class GetBgpSession : SessionCmdlet
{
    /// <summary>Nodes, wildcards allowed; of a speaker's session it is the speaker.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(NodeNameCompleter))]
    public string[] Node { get; set; } = ["*"];

    /// <summary>Only sessions in one of these states.</summary>
    [Parameter]
    public BgpReportedState[]? State { get; set; }

    protected override void ProcessRecord()
    {
        WildcardPattern[] nodes = [.. Node.Select(node => new WildcardPattern(node, WildcardOptions.IgnoreCase))];
        foreach (BgpSession session in IsForSpeaker ? OfSpeaker() : OfCluster())
        {
            if (nodes.Any(node => node.IsMatch(session.Node)) && (State is null || State.Contains(session.State))) WriteObject(session);
        }
    }

    private IEnumerable<BgpSession> OfSpeaker() =>
        TryGetSpeaker(out RunningSpeaker? speaker) ? FindSessions(speaker, PeerIPAddress, Peer).Select(session => SessionSnapshot.Of(speaker, session)) : [];

    private IEnumerable<BgpSession> OfCluster()
    {
        if (!TryGetCluster(out ConnectedCluster? cluster)) return [];
        if (!TryAsk(cluster, null, (store, stop) => store.ListAsync<BgpSessionResource>(LeaseNames.SystemNamespace, stop), out ResourceList<BgpSessionResource>? sessions)) return [];
        if (!TryAsk(cluster, null, (store, stop) => store.ListAsync<BgpPeerResource>(cluster.Namespace, stop), out ResourceList<BgpPeerResource>? peers)) return [];
        BgpSession[] all = [.. sessions.Items.Select(session => new BgpSession(cluster.Name, session, PeerOf(session, peers)))];
        if (!string.IsNullOrEmpty(Peer)) all = [.. all.Where(session => string.Equals(session.Peer, Peer, StringComparison.OrdinalIgnoreCase))];
        IPAddress[] wanted = [.. (PeerIPAddress ?? []).Where(address => address is not null)];
        foreach (IPAddress missing in wanted.Where(address => !all.Any(session => session.PeerIPAddress.Equals(address))))
        {
            WriteError(BgpErrors.SessionNotFound(missing.ToString(), $"Cluster '{cluster.Name}'", all.Select(session => session.PeerIPAddress.ToString()).Distinct()));
        }

        return wanted.Length == 0 ? all : all.Where(session => wanted.Contains(session.PeerIPAddress));
    }

    // Sessions of the control plane have peers that stand in the Cluster and have no name.
    private static string PeerOf(BgpSessionResource session, ResourceList<BgpPeerResource> peers) =>
        (session.FloatingIP is null ? null : peers.Items.FirstOrDefault(peer => peer.PeerIP.Equals(session.PeerIP))?.Metadata.Name) ?? session.PeerIP.ToString();
}
