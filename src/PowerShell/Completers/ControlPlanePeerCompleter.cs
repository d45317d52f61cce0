using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.PowerShell.Completers;

/// <summary>The addresses of the connected cluster's control-plane peers.</summary>
public sealed class ControlPlanePeerCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.Of(
            wordToComplete,
            Completion.Resources<ClusterResource>(fakeBoundParameters)
                .SelectMany(cluster => cluster.LoadBalancer.BgpPeers)
                .Select(peer => ($"{peer.Address}", $"AS {peer.Asn}, {(peer.ControlPlaneNodes is { } nodes ? string.Join(", ", nodes) : "all control-plane nodes")}"))
                .DistinctBy(peer => peer.Item1));
}
