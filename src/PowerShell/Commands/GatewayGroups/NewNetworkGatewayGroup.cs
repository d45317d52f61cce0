using System.Management.Automation;
using System.Net;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;
using BgpLoadBalancer.PowerShell.Transforms;

namespace BgpLoadBalancer.PowerShell.Commands.GatewayGroups;

/// <summary>Gives the cluster its floating IPs (R26).</summary>
[Cmdlet(VerbsCommon.New, "NetworkGatewayGroup", SupportsShouldProcess = true)]
[OutputType(typeof(NetworkGatewayGroup))]
public sealed class NewNetworkGatewayGroup : ClusterCmdlet
{
    /// <summary>Free IPv4 addresses of the nodes' subnets; two or more are recommended.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [IPAddressListTransform]
    public IPAddress[] FloatingIPAddress { get; set; } = [];

    /// <summary>A NetworkGatewayGroup of another name than default is never read.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string Name { get; set; } = DefaultName;

    /// <summary>Also through a user cluster, whose copies are overwritten from the admin cluster (R36).</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        if (!TryGetCluster(out ConnectedCluster? cluster) || !IsFree<NetworkGatewayGroupResource>(cluster, NameOrDefault())) return;
        NetworkGatewayGroupResource group = new() { Metadata = NewMetadata(cluster, NameOrDefault()), FloatingIPs = [.. FloatingIPAddress] };
        if (Create(cluster, group, "Add network gateway group", Force) is { } created) WriteObject(new NetworkGatewayGroup(created, cluster.Name));
    }
}
