using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.PowerShell.Completers;

/// <summary>The addresses of all routers that the connected cluster peers with.</summary>
public sealed class ClusterPeerAddressCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.Of(
            wordToComplete,
            Completion.Resources<ClusterResource>(fakeBoundParameters)
                .SelectMany(cluster => cluster.LoadBalancer.BgpPeers.Select(peer => (peer.Address.ToString(), $"control plane, AS {peer.Asn}")))
                .Concat(Completion.Resources<BgpPeerResource>(fakeBoundParameters).Select(peer => (peer.PeerIP.ToString(), $"{peer.Metadata.Name}, AS {peer.PeerAsn}")))
                .DistinctBy(peer => peer.Item1));
}
