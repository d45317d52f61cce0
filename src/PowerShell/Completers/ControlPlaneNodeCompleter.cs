using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.PowerShell.Completers;

/// <summary>The addresses of the connected cluster's control-plane nodes, with the nodes' names.</summary>
public sealed class ControlPlaneNodeCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        NodeResource[] nodes = [.. Completion.Resources<NodeResource>(fakeBoundParameters)];
        return Completion.Of(
            wordToComplete,
            Completion.Resources<ClusterResource>(fakeBoundParameters)
                .SelectMany(cluster => cluster.ControlPlaneNodes)
                .Select(address => ($"{address}", nodes.FirstOrDefault(node => node.InternalIPs.Contains(address))?.Metadata.Name ?? "control-plane node")));
    }
}
