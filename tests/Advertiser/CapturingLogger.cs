using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace BgpLoadBalancer.Advertiser.Tests;

/// <summary>Keeps what is logged.</summary>
internal sealed class CapturingLogger(LogLevel minimum = LogLevel.Information) : ILogger
{
    private readonly ConcurrentQueue<(LogLevel Level, string Message, Dictionary<string, object?> Fields)> _lines = new();

    public (LogLevel Level, string Message, Dictionary<string, object?> Fields)[] Lines => [.. _lines];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= minimum;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue((logLevel, formatter(state, exception), ((IEnumerable<KeyValuePair<string, object?>>)state!).ToDictionary()));
}
