using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using BgpLoadBalancer.Cluster.Stores;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.PowerShell.Completers;

/// <summary>What the completers share.</summary>
internal static class Completion
{
    // Longer than that nobody waits for a Tab.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

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

    /// <summary>What the store of the cluster that the command line names, or else of the default one, answers; nothing when it does not answer soon.</summary>
    public static IEnumerable<T> AskCluster<T>(IDictionary bound, Func<ConnectedCluster, CancellationToken, Task<IEnumerable<T>>> question)
    {
        string? name = bound["Cluster"] switch
        {
            PSObject { BaseObject: Models.BgpCluster given } => given.Name,
            Models.BgpCluster given => given.Name,
            { } other => other.ToString(),
            null => null,
        };
        ConnectedCluster? cluster = string.IsNullOrEmpty(name) ? ClusterTable.Default : ClusterTable.TryGet(name, out ConnectedCluster? named) ? named : null;
        if (cluster is null) return [];
        using CancellationTokenSource limit = new(s_patience);
        try
        {
            // Away from the pipeline's thread, which may have a context that continuations would wait for.
            return Task.Run(() => question(cluster, limit.Token), limit.Token).GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is ClusterStoreException or OperationCanceledException)
        {
            return [];
        }
    }

    private static string Quote(string value) =>
        value.Length > 0 && value.All(letter => char.IsLetterOrDigit(letter) || letter is '.' or '-' or '_' or ':' or '/')
            ? value
            : $"'{CodeGeneration.EscapeSingleQuotedStringContent(value)}'";
}
