using System.Collections;
using System.Management.Automation;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;
using BgpLoadBalancer.PowerShell.Transforms;

namespace BgpLoadBalancer.PowerShell.Commands.LoadBalancers;

/// <summary>Lets BGPPeers serve the cluster's services in place of the control plane's peers (R17, R27).</summary>
[Cmdlet(VerbsCommon.New, "BgpLoadBalancer", SupportsShouldProcess = true)]
[OutputType(typeof(Models.BgpLoadBalancer))]
public sealed class NewBgpLoadBalancer : ClusterCmdlet
{
    /// <summary>The labels that a BGPPeer must have, all of them: a table, or text such as a=1,b=2.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [LabelTransform]
    public Hashtable PeerSelector { get; set; } = null!;

    /// <summary>A BGPLoadBalancer of another name than default is never read.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string Name { get; set; } = DefaultName;

    /// <summary>Also through a user cluster, whose copies are overwritten from the admin cluster (R36).</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        if (!TryGetCluster(out ConnectedCluster? cluster) || !IsFree<BgpLoadBalancerResource>(cluster, NameOrDefault())) return;
        BgpLoadBalancerResource balancer = new() { Metadata = NewMetadata(cluster, NameOrDefault()), PeerSelector = LabelTable.Read(PeerSelector) };
        if (Create(cluster, balancer, "Add BGP load balancer", Force) is { } created) WriteObject(new Models.BgpLoadBalancer(created, cluster.Name));
    }
}
