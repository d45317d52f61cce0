using System.Management.Automation;
using BgpLoadBalancer.PowerShell.Completers;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.PowerShell.Commands.Clusters;

/// <summary>The connected clusters of this process.</summary>
[Cmdlet(VerbsCommon.Get, "BgpCluster")]
[OutputType(typeof(BgpCluster))]
public sealed class GetBgpCluster : ConnectionCmdlet
{
    /// <summary>Names, wildcards allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ClusterNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    protected override void ProcessRecord()
    {
        ConnectedCluster[] all = [.. ClusterTable.All];
        NameMatch.Write(Name, all, cluster => cluster.Name, WriteCluster, name => WriteError(BgpErrors.ClusterNotFound(name, all.Select(cluster => cluster.Name))));
    }
}
