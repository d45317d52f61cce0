using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.PowerShell.Completers;

/// <summary>The floating IPs of the cluster.</summary>
public sealed class FloatingIPCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.Of(
            wordToComplete,
            Completion.AskCluster(fakeBoundParameters, async (cluster, stop) =>
                (await cluster.Store.ListAsync<NetworkGatewayGroupResource>(cluster.Namespace, stop).ConfigureAwait(false)).Items.SelectMany(group => group.FloatingIPs.Select(address => (address.ToString(), group.Status.FirstOrDefault(status => status.Address.Equals(address))?.Node ?? "on no node yet")))));
}
