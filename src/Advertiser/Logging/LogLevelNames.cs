using Microsoft.Extensions.Logging;

namespace BgpLoadBalancer.Advertiser.Logging;

internal enum LogFormat
{
    Json,
    Text,
}

/// <summary>The levels as they are written in logs and on the command line.</summary>
internal static class LogLevelNames
{
    private static readonly (string Name, LogLevel Level)[] Levels =
    [
        ("trace", LogLevel.Trace),
        ("debug", LogLevel.Debug),
        ("info", LogLevel.Information),
        ("warning", LogLevel.Warning),
        ("error", LogLevel.Error),
        ("critical", LogLevel.Critical),
    ];

    public static string[] All { get; } = [.. Levels.Select(level => level.Name)];

    public static string Of(LogLevel level) => Levels.First(known => known.Level == level).Name;

    public static LogLevel Parse(string name) => Levels.First(known => known.Name == name).Level;
}
