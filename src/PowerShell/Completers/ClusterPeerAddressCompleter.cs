using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using BgpLoadBalancer.Cluster.Control;
using BgpLoadBalancer.Cluster.Planning;

namespace BgpLoadBalancer.PowerShell.Completers;

/// <summary>The addresses of all routers that the cluster peers with.</summary>
public sealed class ClusterPeerAddressCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.Of(
            wordToComplete,
            Completion.AskCluster(fakeBoundParameters, async (cluster, stop) =>
                await SnapshotReader.ReadAsync(cluster.Store, cluster.Namespace, stop).ConfigureAwait(false) is { } snapshot ? Peers(snapshot) : []));

    private static IEnumerable<(string, string)> Peers(ClusterSnapshot snapshot) => snapshot.Cluster.LoadBalancer.BgpPeers
        .Select(peer => (peer.Address.ToString(), $"control plane, AS {peer.Asn}"))
        .Concat(snapshot.BgpPeers.Select(peer => (peer.PeerIP.ToString(), $"{peer.Metadata.Name}, AS {peer.PeerAsn}")))
        .DistinctBy(peer => peer.Item1);
}
