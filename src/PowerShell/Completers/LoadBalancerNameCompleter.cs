using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Views;

namespace BgpLoadBalancer.PowerShell.Completers;

/// <summary>The BGPLoadBalancers of the connected cluster, with what they select.</summary>
public sealed class LoadBalancerNameCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.Of(
            wordToComplete,
            Completion.Resources<BgpLoadBalancerResource>(fakeBoundParameters).Select(balancer => (balancer.Metadata.Name, ViewText.Labels(LabelTable.Of(balancer.PeerSelector)))));
}
