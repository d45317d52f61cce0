using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.PowerShell.Completers;

/// <summary>The NetworkGatewayGroups of the connected cluster, with their floating IPs.</summary>
public sealed class GatewayGroupNameCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.Of(
            wordToComplete,
            Completion.Resources<NetworkGatewayGroupResource>(fakeBoundParameters).Select(group => (group.Metadata.Name, string.Join(", ", group.FloatingIPs))));
}
