using System.Management.Automation;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.PowerShell.Completers;
using BgpLoadBalancer.PowerShell.Models;

namespace BgpLoadBalancer.PowerShell.Commands.GatewayGroups;

/// <summary>The cluster's floating IPs as they are configured (R26); Get-BgpFloatingIP says where each one is.</summary>
[Cmdlet(VerbsCommon.Get, "NetworkGatewayGroup")]
[OutputType(typeof(NetworkGatewayGroup))]
public sealed class GetNetworkGatewayGroup : ClusterCmdlet
{
    /// <summary>Names, wildcards allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(GatewayGroupNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    protected override void ProcessRecord() =>
        WriteMatches<NetworkGatewayGroupResource>(Name, (resource, cluster) => new NetworkGatewayGroup(resource, cluster.Name));
}
