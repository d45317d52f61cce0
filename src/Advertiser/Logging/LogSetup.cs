using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace BgpLoadBalancer.Advertiser.Logging;

internal static class LogSetup
{
    /// <summary>Logs to the console in the background.</summary>
    /// <param name="toStandardError">Keeps stdout for results.</param>
    public static ILoggerFactory Create(LogFormat format, LogLevel level, bool toStandardError, TimeProvider timeProvider) => LoggerFactory.Create(builder =>
    {
        builder.SetMinimumLevel(level);
        // The web server has much to say; of that only trouble is ours to show.
        builder.AddFilter("Microsoft", level > LogLevel.Warning ? level : LogLevel.Warning);
        builder.Services.AddSingleton<ConsoleFormatter>(format == LogFormat.Json ? new JsonLineFormatter(timeProvider) : new TextLineFormatter(timeProvider));
        builder.AddConsole(options =>
        {
            options.FormatterName = format == LogFormat.Json ? JsonLineFormatter.FormatterName : TextLineFormatter.FormatterName;
            options.LogToStandardErrorThreshold = toStandardError ? LogLevel.Trace : LogLevel.None;
            // Whoever reads our output slowly must not stop the sessions: lines are dropped then, and their number is written to stderr.
            options.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite;
            options.MaxQueueLength = 10_000;
        });
    });
}
