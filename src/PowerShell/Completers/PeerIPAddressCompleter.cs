using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace BgpLoadBalancer.PowerShell.Completers;

/// <summary>The addresses of the named speaker's peers, with the state of their sessions.</summary>
public sealed class PeerIPAddressCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.Of(
            wordToComplete,
            Completion.Speakers(fakeBoundParameters)
                .SelectMany(speaker => speaker.Engine.GetSessions())
                .Select(session => (session.PeerAddress.ToString(), $"{session.Peer}, AS {session.PeerAsn}, {session.State}"))
                .DistinctBy(session => session.Item1));
}
