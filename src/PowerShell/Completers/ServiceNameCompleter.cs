using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.PowerShell.Completers;

/// <summary>The services of type LoadBalancer of the connected cluster.</summary>
public sealed class ServiceNameCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.Of(
            wordToComplete,
            Completion.Resources<ServiceResource>(fakeBoundParameters)
                .Where(service => service.IsLoadBalancer)
                .Select(service => (service.Metadata.Name, $"{service.Metadata.Namespace}/{service.Metadata.Name}"))
                .DistinctBy(service => service.Name));
}
