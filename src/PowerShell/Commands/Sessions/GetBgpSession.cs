using System.Management.Automation;
using System.Net;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.PowerShell.Commands.Sessions;

/// <summary>The sessions as they are now: of a speaker, or those of a cluster as its nodes have reported them (R30).</summary>
[Cmdlet(VerbsCommon.Get, "BgpSession")]
[OutputType(typeof(BgpSession))]
public sealed class GetBgpSession : SessionCmdlet
{
    /// <summary>Only sessions in one of these states.</summary>
    [Parameter]
    public BgpReportedState[]? State { get; set; }

    protected override void ProcessRecord()
    {
        if (IsAboutOther) return;
        foreach (BgpSession session in IsForSpeaker ? OfSpeaker() : OfCluster())
        {
            if (State is null || State.Contains(session.State)) WriteObject(session);
        }
    }

    private IEnumerable<BgpSession> OfSpeaker() =>
        TryGetSpeaker(out RunningSpeaker? speaker) ? FindSessions(speaker).Select(session => SessionSnapshot.Of(speaker, session)) : [];

    private BgpSession[] OfCluster()
    {
        if (!TryGetCluster(out ConnectedCluster? cluster) || !TryListSessions(cluster, out BgpSession[] all)) return [];
        foreach (IPAddress missing in WantedAddresses.Where(address => !Array.Exists(all, session => session.PeerIPAddress.Equals(address))))
        {
            WriteError(BgpErrors.SessionNotFound(missing.ToString(), $"Cluster '{cluster.Name}'", all.Select(session => session.PeerIPAddress.ToString()).Distinct()));
        }

        BgpSession[] found = [.. all.Where(ClusterFilter().Matches)];
        if (found.Length == 0) WriteUnknownNodes(cluster);
        return found;
    }

    private void WriteUnknownNodes(ConnectedCluster cluster)
    {
        if (WasTyped(nameof(Node)) && TryAsk(cluster, null, (store, stop) => store.ListAsync<NodeResource>(null, stop), out ResourceList<NodeResource>? nodes)) WriteUnknownNodes(Node, cluster, [.. nodes.Items.Select(node => node.Metadata.Name)]);
    }
}
