using System.Management.Automation;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.PowerShell.Completers;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.PowerShell.Commands.Pools;

/// <summary>The pools from which services get their addresses (R22).</summary>
[Cmdlet(VerbsCommon.Get, "BgpAddressPool")]
[OutputType(typeof(BgpAddressPool))]
public sealed class GetBgpAddressPool : ClusterCmdlet
{
    /// <summary>Names, wildcards allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AddressPoolNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    protected override void ProcessRecord()
    {
        if (!TryGetCluster(out ConnectedCluster? cluster) || !TryGetClusterResource(cluster, out ClusterResource? resource)) return;
        AddressPool[] all = [.. resource.LoadBalancer.AddressPools];
        NameMatch.Write(
            Wanted(Name),
            all,
            pool => pool.Name,
            pool => WriteObject(new BgpAddressPool(pool, cluster.Name)),
            name => WriteError(BgpErrors.NotFoundInCluster("BgpAddressPool", "address pool", name, cluster.Name, all.Select(pool => pool.Name))));
    }
}
