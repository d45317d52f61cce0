using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.PowerShell.Commands.Planning;

namespace BgpLoadBalancer.PowerShell.Completers;

/// <summary>The routes that a controller wrote down for the connected cluster: their prefixes, or for another parameter their names.</summary>
public sealed class AdvertisedRouteCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        bool ofPrefixes = parameterName.Equals(nameof(GetBgpAdvertisedRoute.Prefix), StringComparison.OrdinalIgnoreCase);
        return Completion.Of(
            wordToComplete,
            Completion.Resources<BgpAdvertisedRouteResource>(fakeBoundParameters)
                .Select(route => ofPrefixes ? (route.Prefix.ToString(), route.Metadata.Name) : (route.Metadata.Name, route.Prefix.ToString())));
    }
}
