using System.Management.Automation;
using System.Net;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.PowerShell.Completers;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;
using BgpLoadBalancer.PowerShell.Transforms;

namespace BgpLoadBalancer.PowerShell.Commands.ControlPlane;

/// <summary>The peers of the control plane: the Cluster's bgpPeers (R11).</summary>
[Cmdlet(VerbsCommon.Get, "BgpControlPlanePeer")]
[OutputType(typeof(BgpControlPlanePeer))]
public sealed class GetBgpControlPlanePeer : ClusterCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [IPAddressTransform]
    [ArgumentCompleter(typeof(ControlPlanePeerCompleter))]
    public IPAddress[]? PeerIPAddress { get; set; }

    [Parameter]
    public uint[]? PeerASN { get; set; }

    /// <summary>Only the peers of these control-plane nodes.</summary>
    [Parameter]
    [IPAddressTransform]
    [ArgumentCompleter(typeof(ControlPlaneNodeCompleter))]
    public IPAddress[]? ControlPlaneNode { get; set; }

    protected override void ProcessRecord()
    {
        if (!TryGetCluster(out ConnectedCluster? cluster) || !TryGetClusterResource(cluster, out ClusterResource? resource)) return;
        ControlPlanePeer[] all = [.. resource.LoadBalancer.BgpPeers];
        foreach (IPAddress address in (PeerIPAddress ?? []).Where(address => !all.Any(peer => peer.Address.Equals(address)))) WriteError(BgpErrors.ControlPlanePeerNotFound(address, cluster.Name, all));
        foreach (ControlPlanePeer peer in all.Where(IsWanted)) WriteObject(new BgpControlPlanePeer(peer, cluster.Name));
    }

    private bool IsWanted(ControlPlanePeer peer) =>
        PeerIPAddress?.Contains(peer.Address) != false
        && PeerASN?.Contains(peer.Asn) != false
        && (ControlPlaneNode is null || peer.ControlPlaneNodes is not { } nodes || nodes.Any(ControlPlaneNode.Contains));
}
