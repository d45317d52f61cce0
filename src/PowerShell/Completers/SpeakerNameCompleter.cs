using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.PowerShell.Completers;

/// <summary>The speakers that run.</summary>
public sealed class SpeakerNameCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.Of(wordToComplete, SpeakerTable.All.Select(speaker => (speaker.Name, $"AS {speaker.Settings.LocalAsn}")));
}
