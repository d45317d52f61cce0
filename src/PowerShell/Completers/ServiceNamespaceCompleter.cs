using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.PowerShell.Completers;

/// <summary>The namespaces of the connected cluster that have services of type LoadBalancer.</summary>
public sealed class ServiceNamespaceCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.Of(
            wordToComplete,
            Completion.Resources<ServiceResource>(fakeBoundParameters)
                .Where(service => service.IsLoadBalancer)
                .GroupBy(service => service.Metadata.Namespace, service => service.Metadata.Name)
                .OrderBy(names => names.Key, StringComparer.Ordinal)
                .Select(names => (names.Key, string.Join(", ", names))));
}
