using BgpLoadBalancer.Advertiser.Configuration;
using Microsoft.Extensions.Logging;

namespace BgpLoadBalancer.Advertiser.Logging;

internal static class ConfigProblemLog
{
    /// <summary>Writes one finding as a line that says it all, with its place and value as fields.</summary>
    public static void Problem(this ILogger logger, ConfigProblem problem) => logger.Event(
        LogLevel.Error,
        problem.Text,
        ("file", problem.File),
        ("line", problem.Line),
        ("path", problem.Path),
        ("value", problem.Value));
}
