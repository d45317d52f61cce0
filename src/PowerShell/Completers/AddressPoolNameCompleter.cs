using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.PowerShell.Completers;

/// <summary>The address pools of the connected cluster, with their addresses.</summary>
public sealed class AddressPoolNameCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.Of(
            wordToComplete,
            Completion.Resources<ClusterResource>(fakeBoundParameters).SelectMany(cluster => cluster.LoadBalancer.AddressPools).Select(pool => (pool.Name, string.Join(", ", pool.Addresses))));
}
