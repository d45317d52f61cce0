using System.Management.Automation;
using System.Net;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.PowerShell.Completers;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;
using BgpLoadBalancer.PowerShell.Transforms;

namespace BgpLoadBalancer.PowerShell.Commands.ControlPlane;

/// <summary>Removes peers of the control plane while the cluster runs; sessions with other peers stay as they are (R14). Every node keeps one (R11).</summary>
[Cmdlet(VerbsCommon.Remove, "BgpControlPlanePeer", SupportsShouldProcess = true)]
[OutputType(typeof(BgpControlPlanePeer))]
public sealed class RemoveBgpControlPlanePeer : ClusterCmdlet
{
    /// <summary>Several are removed in one change.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [IPAddressListTransform]
    [ArgumentCompleter(typeof(ControlPlanePeerCompleter))]
    public IPAddress[] PeerIPAddress { get; set; } = [];

    /// <summary>A peer as it was got: only the entry with its port, should there be several with its address.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public BgpControlPlanePeer? InputObject { get; set; }

    /// <summary>Also through a user cluster, whose copies are overwritten from the admin cluster (R36).</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        // Read again for each input: what this pipeline has written already is in it.
        if (!TryGetCluster(out ConnectedCluster? cluster) || !TryGetClusterResource(cluster, out ClusterResource? before)) return;
        ControlPlanePeer[] all = [.. before.LoadBalancer.BgpPeers];
        IPAddress[] unknown = [.. PeerIPAddress.Where(address => !all.Any(peer => Is(peer, address)))];
        foreach (IPAddress address in unknown) WriteError(BgpErrors.ControlPlanePeerNotFound(address, cluster.Name, all));
        ControlPlanePeer[] removed = [.. all.Where(peer => PeerIPAddress.Any(address => Is(peer, address)))];
        if (removed.Length == 0) return;
        ClusterResource after = before with { LoadBalancer = before.LoadBalancer with { BgpPeers = [.. all.Where(peer => !removed.Contains(peer))] } };
        if (Update(cluster, after, $"Remove control-plane peer {string.Join(" and ", removed.Select(peer => $"{peer.Address}"))}", Force) is null || !PassThru) return;
        foreach (ControlPlanePeer peer in removed) WriteObject(new BgpControlPlanePeer(peer, cluster.Name));
    }

    private bool Is(ControlPlanePeer peer, IPAddress address) => peer.Address.Equals(address) && (InputObject is null || peer.Port == InputObject.Port);
}
