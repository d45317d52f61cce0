using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.PowerShell.Completers;

/// <summary>The peers of the named speaker; without one, those of the cluster, or of every speaker while no cluster is connected.</summary>
public sealed class PeerNameCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.Of(wordToComplete, (IsForCluster(fakeBoundParameters) ? OfCluster(fakeBoundParameters) : OfSpeakers(fakeBoundParameters)).DistinctBy(peer => peer.Item1));

    private static bool IsForCluster(IDictionary bound) => bound["Speaker"] is null or "" && (bound.Contains("Cluster") || ClusterTable.Default is not null);

    private static IEnumerable<(string, string)> OfCluster(IDictionary bound) =>
        Completion.Resources<BgpPeerResource>(bound).Select(peer => (peer.Metadata.Name, $"{peer.PeerIP} AS {peer.PeerAsn}"));

    private static IEnumerable<(string, string)> OfSpeakers(IDictionary bound) =>
        Completion.Speakers(bound).SelectMany(speaker => speaker.Engine.Peers).Select(peer => (peer.Name, $"{peer.PeerAddress} AS {peer.PeerAsn}"));
}
