using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace BgpLoadBalancer.PowerShell.Completers;

/// <summary>The prefixes that the named speaker announces.</summary>
public sealed class PrefixCompleter : IArgumentCompleter
{
    // More than that nobody reads; the whole table may be a million routes.
    private const int Most = 200;

    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.Of(
            wordToComplete,
            Completion.Speakers(fakeBoundParameters)
                .SelectMany(speaker => speaker.Engine.GetRoutes())
                .Select(route => (route.Prefix.ToString(), string.Join(", ", route.Paths.Paths.Select(path => path.NextHop)))))
            .Take(Most);
}
