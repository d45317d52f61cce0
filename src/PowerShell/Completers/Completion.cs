using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.PowerShell.Completers;

/// <summary>What the completers share.</summary>
internal static class Completion
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

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

    /// <summary>The cluster that the command line names, or the connected one when it names none; null without either.</summary>
    public static ConnectedCluster? Cluster(IDictionary bound)
    {
        string? name = bound["Cluster"] switch
        {
            PSObject { BaseObject: Models.BgpCluster cluster } => cluster.Name,
            Models.BgpCluster cluster => cluster.Name,
            { } other => other.ToString(),
            null => null,
        };
        return string.IsNullOrEmpty(name) ? ClusterTable.Default : ClusterTable.TryGet(name, out ConnectedCluster? named) ? named : null;
    }

    /// <summary>What the cluster that the command line names has of a kind, or the connected one when it names none.</summary>
    public static IEnumerable<T> Resources<T>(IDictionary bound)
        where T : Resource
    {
        ConnectedCluster? connected = Cluster(bound);
        if (connected is null) return [];
        // Whoever presses Tab does not wait for a cluster that is far away or gone.
        using CancellationTokenSource patience = new(Patience);
        string? space = typeof(T) == typeof(NodeResource) || typeof(T) == typeof(ServiceResource) ? null
            : typeof(T) == typeof(BgpAdvertisedRouteResource) || typeof(T) == typeof(BgpSessionResource) ? LeaseNames.SystemNamespace : connected.Namespace;
        try
        {
            return Task.Run(() => connected.Store.ListAsync<T>(space, patience.Token)).GetAwaiter().GetResult().Items;
        }
        catch (Exception e) when (e is ClusterStoreException or OperationCanceledException)
        {
            // There is nowhere to say it: nothing is offered.
            return [];
        }
    }

    private static string Quote(string value) =>
        value.Length > 0 && value.All(letter => char.IsLetterOrDigit(letter) || letter is '.' or '-' or '_' or ':' or '/')
            ? value
            : $"'{CodeGeneration.EscapeSingleQuotedStringContent(value)}'";
}
