using System.Management.Automation;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.PowerShell.Completers;

namespace BgpLoadBalancer.PowerShell.Commands.LoadBalancers;

/// <summary>Which BGPPeers serve the cluster's services (R27).</summary>
[Cmdlet(VerbsCommon.Get, "BgpLoadBalancer")]
[OutputType(typeof(Models.BgpLoadBalancer))]
public sealed class GetBgpLoadBalancer : ClusterCmdlet
{
    /// <summary>Names, wildcards allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(LoadBalancerNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    protected override void ProcessRecord() =>
        WriteMatches<BgpLoadBalancerResource>(Name, (resource, cluster) => new Models.BgpLoadBalancer(resource, cluster.Name));
}
