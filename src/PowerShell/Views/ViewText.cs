using System.Collections;
using System.Globalization;
using BgpLoadBalancer.Bgp;

namespace BgpLoadBalancer.PowerShell.Views;

/// <summary>How the views of BgpLoadBalancer.Format.ps1xml write what PowerShell would write otherwise. Public, for the views' scripts.</summary>
public static class ViewText
{
    /// <summary>How long ago, in one whole unit: 0s, 12s, 5m, 3h, 2d. Empty for never; 0s for a time to come, which another clock may give.</summary>
    public static string Age(DateTimeOffset? time) => Age(time, TimeProvider.System.GetUtcNow());

    /// <summary>The elements with commas between, in their invariant form; empty for none.</summary>
    public static string List(IEnumerable? values) =>
        values is null ? "" : string.Join(", ", values.Cast<object?>().Select(value => Convert.ToString(value, CultureInfo.InvariantCulture)));

    /// <summary>The elements each on a line of its own, for a table whose cells wrap.</summary>
    public static string Lines(IEnumerable? values) => List(values).Replace(", ", "\n", StringComparison.Ordinal);

    /// <summary>Labels as Kubernetes writes them: a=1,b=2, in order of key; empty for none.</summary>
    public static string Labels(IDictionary? labels) =>
        labels is null ? "" : string.Join(',', labels.Keys.Cast<object>().Select(key => $"{key}={labels[key]}").Order(StringComparer.Ordinal));

    /// <summary>How many messages of each type.</summary>
    public static string Messages(BgpMessageCounters? counters) => counters is null ? "" : string.Create(
        CultureInfo.InvariantCulture,
        $"{counters.Open.Count} OPEN, {counters.Update.Count} UPDATE, {counters.Notification.Count} NOTIFICATION, {counters.Keepalive.Count} KEEPALIVE, {counters.RouteRefresh.Count} ROUTE-REFRESH");

    /// <summary>The last five, one a line; all of them are in the property.</summary>
    public static string Last(IEnumerable? events) => events is null ? "" : string.Join(Environment.NewLine, events.Cast<object>().TakeLast(5));

    internal static string Age(DateTimeOffset? time, DateTimeOffset now)
    {
        if (time is null) return "";
        TimeSpan age = now > time ? now - time.Value : TimeSpan.Zero;
        (double units, char unit) = age switch
        {
            { TotalMinutes: < 1 } => (age.TotalSeconds, 's'),
            { TotalHours: < 1 } => (age.TotalMinutes, 'm'),
            { TotalDays: < 1 } => (age.TotalHours, 'h'),
            _ => (age.TotalDays, 'd'),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{(long)units}{unit}");
    }
}
