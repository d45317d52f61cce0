using System.Collections;
using Microsoft.Extensions.Logging;

namespace BgpLoadBalancer.Advertiser.Logging;

/// <summary>A message that is always the same and fields that differ, so that logs can be searched by both.</summary>
internal sealed class LogEvent(string message, KeyValuePair<string, object?>[] fields) : IReadOnlyList<KeyValuePair<string, object?>>
{
    public int Count => fields.Length;

    public KeyValuePair<string, object?> this[int index] => fields[index];

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => fields.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => message;
}

internal static class LogEventExtensions
{
    /// <summary>Logs an event. Fields without a value are left out of the line.</summary>
    /// <param name="fields">Names in camelCase; values are texts, numbers, truth values, addresses or lists of texts.</param>
    public static void Event(this ILogger logger, LogLevel level, string message, params ReadOnlySpan<(string Name, object? Value)> fields)
    {
        if (!logger.IsEnabled(level)) return;
        KeyValuePair<string, object?>[] pairs = new KeyValuePair<string, object?>[fields.Length];
        for (int i = 0; i < fields.Length; i++) pairs[i] = new(fields[i].Name, fields[i].Value);
        logger.Log(level, default, new LogEvent(message, pairs), exception: null, static (state, _) => state.ToString());
    }
}
