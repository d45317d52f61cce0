using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.PowerShell.Completers;

/// <summary>The addresses with which the named speaker, or else the connected cluster, has sessions, with their states.</summary>
public sealed class PeerIPAddressCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.Of(
            wordToComplete,
            (fakeBoundParameters["Speaker"] is null && Completion.Cluster(fakeBoundParameters) is not null ? OfCluster(fakeBoundParameters) : OfSpeakers(fakeBoundParameters))
                .DistinctBy(session => session.Address));

    private static IEnumerable<(string Address, string ToolTip)> OfSpeakers(IDictionary bound) =>
        Completion.Speakers(bound).SelectMany(speaker => speaker.Engine.GetSessions()).Select(session => (session.PeerAddress.ToString(), $"{session.Peer}, AS {session.PeerAsn}, {session.State}"));

    private static IEnumerable<(string Address, string ToolTip)> OfCluster(IDictionary bound) =>
        Completion.Resources<BgpSessionResource>(bound)
            .GroupBy(session => session.PeerIP)
            .Select(sessions => ($"{sessions.Key}", $"AS {sessions.First().PeerAsn}, {string.Join(", ", sessions.Select(session => $"{session.NodeName} {session.Status?.State ?? "Unknown"}"))}"));
}
