using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.PowerShell.Completers;

/// <summary>The nodes whose agents run in this process for the connected cluster.</summary>
public sealed class NodeAgentNameCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.Of(
            wordToComplete,
            Completion.Cluster(fakeBoundParameters) is { } cluster ? ClusterWork.NodeAgents.Of(cluster).Select(agent => (agent.Name, $"{agent.Status.Sessions.Length} sessions")) : []);
}
