using System.Management.Automation;
using System.Net;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.PowerShell.Completers;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;
using BgpLoadBalancer.PowerShell.Transforms;

namespace BgpLoadBalancer.PowerShell.Commands.ControlPlane;

/// <summary>Adds peers of the control plane while the cluster runs; sessions with other peers stay as they are (R14).</summary>
[Cmdlet(VerbsCommon.Add, "BgpControlPlanePeer", SupportsShouldProcess = true)]
[OutputType(typeof(BgpControlPlanePeer))]
public sealed class AddBgpControlPlanePeer : ClusterCmdlet
{
    /// <summary>IPv4 (R4). Several are added in one change.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [IPAddressListTransform]
    public IPAddress[] PeerIPAddress { get; set; } = [];

    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    public uint PeerASN { get; set; }

    /// <summary>The control-plane nodes that connect to it, by address; all of them when none is named (R11).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [IPAddressListTransform]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(ControlPlaneNodeCompleter))]
    public IPAddress[]? ControlPlaneNode { get; set; }

    /// <summary>The port to dial, by default 179.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("PeerPort")]
    [EmptyIsAbsent]
    public int? Port { get; set; }

    /// <summary>Also through a user cluster, whose copies are overwritten from the admin cluster (R36).</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        // Read again for each input: what this pipeline has written already is in it.
        if (!TryGetCluster(out ConnectedCluster? cluster) || !TryGetClusterResource(cluster, out ClusterResource? before)) return;
        ControlPlanePeer[] added = [.. PeerIPAddress.Select(address => new ControlPlanePeer(address, PeerASN, Port ?? BgpPeerOptions.DefaultPort, ControlPlaneNode is { Length: > 0 } nodes ? [.. nodes] : null))];
        ClusterResource after = before with { LoadBalancer = before.LoadBalancer with { BgpPeers = before.LoadBalancer.BgpPeers.AddRange(added) } };
        if (Update(cluster, after, $"Add control-plane peer {string.Join(" and ", PeerIPAddress.Select(address => $"{address}"))} (AS {PeerASN})", Force) is null) return;
        foreach (ControlPlanePeer peer in added) WriteObject(new BgpControlPlanePeer(peer, cluster.Name));
    }
}
