using System.Management.Automation;
using BgpLoadBalancer.Cluster.Reading;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;
using BgpLoadBalancer.PowerShell.Transforms;

namespace BgpLoadBalancer.PowerShell.Commands.Pools;

/// <summary>Adds addresses for services. A pool is there to stay: services may hold its addresses, so that it cannot be removed or changed (R34).</summary>
[Cmdlet(VerbsCommon.Add, "BgpAddressPool", SupportsShouldProcess = true)]
[OutputType(typeof(BgpAddressPool))]
public sealed class AddBgpAddressPool : ClusterCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    /// <summary>CIDRs, and ranges such as 10.0.0.1-10.0.0.4; a pool for dual-stack services has some of both families.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ListTransform]
    public string[] Address { get; set; } = [];

    /// <summary>Do not give addresses that end in .0 or .255.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EmptyIsFalse]
    public SwitchParameter AvoidBuggyIPs { get; set; }

    /// <summary>Give addresses only to services that ask for this pool, or for an address of it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EmptyIsFalse]
    public SwitchParameter ManualAssign { get; set; }

    /// <summary>Also through a user cluster, whose copies are overwritten from the admin cluster (R36).</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        // Read again for each input: what this pipeline has written already is in it.
        if (!TryGetCluster(out ConnectedCluster? cluster) || !TryGetClusterResource(cluster, out ClusterResource? before)) return;
        try
        {
            AddressPool pool = new(Name, [.. Address.Select(AddressText.Range)], AvoidBuggyIPs, ManualAssign);
            ClusterResource after = before with { LoadBalancer = before.LoadBalancer with { AddressPools = before.LoadBalancer.AddressPools.Add(pool) } };
            if (Update(cluster, after, $"Add address pool {Name} ({string.Join(", ", Address)})", Force) is not null) WriteObject(new BgpAddressPool(pool, cluster.Name));
        }
        catch (FormatException e)
        {
            WriteError(BgpErrors.InvalidArgument(e, Name));
        }
    }
}
