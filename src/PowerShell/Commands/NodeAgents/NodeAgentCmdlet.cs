using System.Management.Automation;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.PowerShell.Commands.NodeAgents;

/// <summary>A cmdlet about the node agents of this process that work for a cluster.</summary>
public abstract class NodeAgentCmdlet : ClusterCmdlet
{
    /// <summary>A session from the pipeline: the agent of its node. Its name is none of a node.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public BgpSession? InputObject { get; set; }

    /// <summary>The nodes that are meant.</summary>
    private protected string[] NodesOf(string[] names) => InputObject is null || WasTyped("Name") ? names : [InputObject.Node];

    /// <summary>Those of the cluster whose nodes match; a literal name without one is an error.</summary>
    private protected void ForEach(string[] names, Action<RunningNodeAgent> found)
    {
        if (!TryGetCluster(out ConnectedCluster? cluster)) return;
        RunningNodeAgent[] all = [.. ClusterWork.NodeAgents.Of(cluster)];
        NameMatch.Write(Wanted(names), all, agent => agent.Name, found, name => WriteError(BgpErrors.WorkNotFound("BgpNodeAgent", "agent of node", name, cluster.Name, all.Select(agent => agent.Name))));
    }
}
