using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.PowerShell.Completers;

/// <summary>What the completers share.</summary>
internal static class Completion
{
    /// <summary>The values that begin with what was typed, quoted where the language needs it.</summary>
    public static IEnumerable<CompletionResult> Of(string word, IEnumerable<(string Value, string ToolTip)> values)
    {
        string typed = word.Trim('\'', '"');
        return values
            .Where(value => value.Value.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .Select(value => new CompletionResult(Quote(value.Value), value.Value, CompletionResultType.ParameterValue, value.ToolTip));
    }

    /// <summary>The speakers that the command line names, or all of them.</summary>
    public static IEnumerable<RunningSpeaker> Speakers(IDictionary bound)
    {
        string? name = bound["Speaker"] switch
        {
            PSObject { BaseObject: Models.BgpSpeaker speaker } => speaker.Name,
            Models.BgpSpeaker speaker => speaker.Name,
            { } other => other.ToString(),
            null => null,
        };
        return string.IsNullOrEmpty(name) ? SpeakerTable.All
            : SpeakerTable.TryGet(name, out RunningSpeaker? speakerOfName) ? [speakerOfName]
            : [];
    }

    private static string Quote(string value) =>
        value.Length > 0 && value.All(letter => char.IsLetterOrDigit(letter) || letter is '.' or '-' or '_' or ':' or '/')
            ? value
            : $"'{CodeGeneration.EscapeSingleQuotedStringContent(value)}'";
}
