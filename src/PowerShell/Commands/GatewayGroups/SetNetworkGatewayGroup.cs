using System.Management.Automation;
using System.Net;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.PowerShell.Completers;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;
using BgpLoadBalancer.PowerShell.Transforms;

namespace BgpLoadBalancer.PowerShell.Commands.GatewayGroups;

/// <summary>Changes the cluster's floating IPs: all of them, or some. Those that stay, stay where they are (R19).</summary>
[Cmdlet(VerbsCommon.Set, "NetworkGatewayGroup", SupportsShouldProcess = true)]
[OutputType(typeof(NetworkGatewayGroup))]
public sealed class SetNetworkGatewayGroup : ClusterCmdlet
{
    /// <summary>All floating IPs: they take the place of those that were there.</summary>
    [Parameter(Position = 0)]
    [IPAddressListTransform]
    [ArgumentCompleter(typeof(FloatingIPCompleter))]
    public IPAddress[]? FloatingIPAddress { get; set; }

    [Parameter]
    [IPAddressListTransform]
    public IPAddress[]? AddFloatingIPAddress { get; set; }

    [Parameter]
    [IPAddressListTransform]
    [ArgumentCompleter(typeof(FloatingIPCompleter))]
    public IPAddress[]? RemoveFloatingIPAddress { get; set; }

    [Parameter(ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
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
        FloatingIPs change = new(FloatingIPAddress, AddFloatingIPAddress, RemoveFloatingIPAddress);
        if (change.SaysNothing) ThrowTerminatingError(BgpErrors.ParameterMissing(nameof(FloatingIPAddress), "say which floating IPs there are to be, or what to change with -AddFloatingIPAddress and -RemoveFloatingIPAddress."));
        if (!TryGetCluster(out ConnectedCluster? cluster) || !TryFind(cluster, NameOrDefault(), out NetworkGatewayGroupResource? before)) return;
        IPAddress[] unknown = [.. change.Unknown(before.FloatingIPs)];
        foreach (IPAddress address in unknown) WriteError(BgpErrors.NotFoundInCluster("BgpFloatingIP", "floating IP", $"{address}", cluster.Name, before.FloatingIPs.Select(known => $"{known}")));
        if (unknown.Length > 0) return;
        NetworkGatewayGroupResource? after = Update(cluster, before with { FloatingIPs = change.Change(before.FloatingIPs) }, $"Change floating IPs: {change}", Force);
        if (after is not null && PassThru) WriteObject(new NetworkGatewayGroup(after, cluster.Name));
    }
}
