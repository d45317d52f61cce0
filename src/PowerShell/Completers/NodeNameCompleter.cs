using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.PowerShell.Completers;

/// <summary>The nodes of the cluster.</summary>
public sealed class NodeNameCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.Of(
            wordToComplete,
            Completion.AskCluster(fakeBoundParameters, async (cluster, stop) =>
                (await cluster.Store.ListAsync<NodeResource>(null, stop).ConfigureAwait(false)).Items.Select(node => (node.Metadata.Name, string.Join(", ", node.InternalIPs)))));
}
