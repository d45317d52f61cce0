using System.Management.Automation;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.PowerShell.Completers;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.PowerShell.Commands.LoadBalancers;

/// <summary>Lets the control plane's peers serve the cluster's services again (R17).</summary>
[Cmdlet(VerbsCommon.Remove, "BgpLoadBalancer", SupportsShouldProcess = true)]
[OutputType(typeof(Models.BgpLoadBalancer))]
public sealed class RemoveBgpLoadBalancer : ClusterCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
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
        if (!TryGetCluster(out ConnectedCluster? cluster) || !TryFind(cluster, NameOrDefault(), out BgpLoadBalancerResource? balancer)) return;
        if (Delete(cluster, balancer, "Remove BGP load balancer", Force) && PassThru) WriteObject(new Models.BgpLoadBalancer(balancer, cluster.Name));
    }
}
