using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace BgpLoadBalancer.PowerShell.Completers;

/// <summary>The peers of the named speaker.</summary>
public sealed class PeerNameCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.Of(
            wordToComplete,
            Completion.Speakers(fakeBoundParameters).SelectMany(speaker => speaker.Engine.Peers).Select(peer => (peer.Name, $"{peer.PeerAddress} AS {peer.PeerAsn}")).DistinctBy(peer => peer.Name));
}
