using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace BgpLoadBalancer.Advertiser.Logging;

/// <summary>For people at a terminal: time, level, message, then <c>name=value</c> for each field.</summary>
internal sealed class TextLineFormatter(TimeProvider timeProvider) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "bgp-text";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        string time = timeProvider.GetUtcNow().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);
        textWriter.Write($"{time} {LogLevelNames.Of(logEntry.LogLevel),-8} {OneLine(logEntry.Formatter(logEntry.State, logEntry.Exception))}");
        foreach ((string name, object? value) in LogFields.Of(logEntry.State))
        {
            if (value is null) continue;
            string text = value is IEnumerable<string> texts ? $"[{string.Join(' ', texts)}]" : LogFields.Text(value);
            textWriter.Write($" {name}={Quote(OneLine(text))}");
        }

        textWriter.Write('\n');
        if (logEntry.Exception is { } exception) textWriter.Write($"{exception}\n");
    }

    private static string Quote(string text) =>
        text.Length > 0 && text[0] != '[' && text.AsSpan().ContainsAny(" \"=") ? $"\"{text.Replace("\"", "\\\"", StringComparison.Ordinal)}\"" : text;

    // What others send us ends up here too: no line of its own, no escape sequence.
    private static string OneLine(string text) => text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)) : text;
}
