using System.Collections;
using System.Management.Automation;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.PowerShell.Completers;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;
using BgpLoadBalancer.PowerShell.Transforms;

namespace BgpLoadBalancer.PowerShell.Commands.LoadBalancers;

/// <summary>Lets other BGPPeers serve the cluster's services.</summary>
[Cmdlet(VerbsCommon.Set, "BgpLoadBalancer", SupportsShouldProcess = true)]
[OutputType(typeof(Models.BgpLoadBalancer))]
public sealed class SetBgpLoadBalancer : ClusterCmdlet
{
    /// <summary>All the labels that a BGPPeer must have: they take the place of those that were there.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [LabelTransform]
    public Hashtable PeerSelector { get; set; } = null!;

    [Parameter(ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(LoadBalancerNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = DefaultName;

    /// <summary>Also through a user cluster, whose copies are overwritten from the admin cluster (R36).</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        if (!TryGetCluster(out ConnectedCluster? cluster) || !TryFind(cluster, NameOrDefault(), out BgpLoadBalancerResource? before)) return;
        BgpLoadBalancerResource? after = Update(cluster, before with { PeerSelector = LabelTable.Read(PeerSelector) }, "Change BGP load balancer", Force);
        if (after is not null && PassThru) WriteObject(new Models.BgpLoadBalancer(after, cluster.Name));
    }
}
