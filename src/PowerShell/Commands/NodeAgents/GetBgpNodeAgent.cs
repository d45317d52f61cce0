using System.Management.Automation;
using BgpLoadBalancer.PowerShell.Completers;
using BgpLoadBalancer.PowerShell.Models;

namespace BgpLoadBalancer.PowerShell.Commands.NodeAgents;

/// <summary>The node agents of this process that work for a cluster.</summary>
[Cmdlet(VerbsCommon.Get, "BgpNodeAgent")]
[OutputType(typeof(BgpNodeAgent))]
public sealed class GetBgpNodeAgent : NodeAgentCmdlet
{
    /// <summary>Nodes, wildcards allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Node")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(NodeAgentNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    protected override void ProcessRecord() => ForEach(NodesOf(Name), agent => WriteObject(new BgpNodeAgent(agent)));
}
