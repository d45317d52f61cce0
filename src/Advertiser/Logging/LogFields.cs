using System.Globalization;

namespace BgpLoadBalancer.Advertiser.Logging;

/// <summary>What formatters share.</summary>
internal static class LogFields
{
    /// <summary>The fields of one of our events. Other libraries put theirs into their message.</summary>
    public static IEnumerable<KeyValuePair<string, object?>> Of<TState>(TState state) => state as LogEvent ?? Enumerable.Empty<KeyValuePair<string, object?>>();

    public static string Text(object value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
