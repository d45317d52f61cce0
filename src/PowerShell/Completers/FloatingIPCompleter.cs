using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.PowerShell.Completers;

/// <summary>The floating IPs of the connected cluster, with the node that each is on.</summary>
public sealed class FloatingIPCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.Of(
            wordToComplete,
            Completion.Resources<NetworkGatewayGroupResource>(fakeBoundParameters)
                .SelectMany(group => group.FloatingIPs.Select(address => ($"{address}", $"on {group.Status.FirstOrDefault(status => status.Address.Equals(address))?.Node ?? "no node"}"))));
}
