using System.Management.Automation;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.PowerShell.Completers;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.PowerShell.Commands.GatewayGroups;

/// <summary>Takes away all floating IPs, and with them every session for services.</summary>
[Cmdlet(VerbsCommon.Remove, "NetworkGatewayGroup", SupportsShouldProcess = true)]
[OutputType(typeof(NetworkGatewayGroup))]
public sealed class RemoveNetworkGatewayGroup : ClusterCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(GatewayGroupNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = DefaultName;

    /// <summary>Also through a user cluster, whose copies are overwritten from the admin cluster (R36).</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        if (!TryGetCluster(out ConnectedCluster? cluster) || !TryFind(cluster, NameOrDefault(), out NetworkGatewayGroupResource? group)) return;
        // That there is none afterwards (R26) is what was asked for: a warning, and no refusal.
        if (Delete(cluster, group, "Remove network gateway group", Force, expected: finding => finding.Rule == "R26") && PassThru) WriteObject(new NetworkGatewayGroup(group, cluster.Name));
    }
}
