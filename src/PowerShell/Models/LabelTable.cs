using System.Collections;
using System.Collections.Immutable;
using System.Globalization;

namespace BgpLoadBalancer.PowerShell.Models;

/// <summary>Labels as PowerShell has them and as records have them.</summary>
internal static class LabelTable
{
    public static Hashtable Of(IReadOnlyDictionary<string, string> labels)
    {
        Hashtable table = new(StringComparer.Ordinal);
        foreach ((string key, string value) in labels) table[key] = value;
        return table;
    }

    /// <summary>Values become text as YAML would write them: @{ a = $true } is a: "true".</summary>
    public static ImmutableSortedDictionary<string, string> Read(Hashtable? labels) => labels is null
        ? ImmutableSortedDictionary<string, string>.Empty
        : labels.Keys.Cast<object>().ToImmutableSortedDictionary(Text, key => Text(labels[key]), StringComparer.Ordinal);

    private static string Text(object? value) => value switch
    {
        System.Management.Automation.PSObject wrapped => Text(wrapped.BaseObject),
        true => "true",
        false => "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
