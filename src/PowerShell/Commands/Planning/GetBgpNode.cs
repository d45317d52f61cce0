using System.Management.Automation;
using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.PowerShell.Completers;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.PowerShell.Commands.Planning;

/// <summary>The nodes of a cluster: which of them take traffic, and why not.</summary>
[Cmdlet(VerbsCommon.Get, "BgpNode")]
[OutputType(typeof(BgpNode))]
public sealed class GetBgpNode : ClusterCmdlet
{
    /// <summary>Names, wildcards allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(NodeNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Sessions, floating IPs, routes, services and steps of a plan from the pipeline: their nodes.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public IBgpRelated<BgpNode>? InputObject { get; set; }

    protected override void ProcessRecord()
    {
        if (!TryGetCluster(out ConnectedCluster? cluster) || !TryReadSnapshot(cluster, out ClusterSnapshot? snapshot)) return;
        BgpNode[] all = [.. Planner.Plan(snapshot).Nodes.Select(node => new BgpNode(cluster.Name, node))];
        NameMatch.Write(
            Wanted(InputObject, Name),
            all,
            node => node.Name,
            node => WriteRelated(InputObject, node),
            name => WriteError(BgpErrors.NotFoundInCluster("BgpNode", "node", name, cluster.Name, all.Select(node => node.Name))));
    }
}
