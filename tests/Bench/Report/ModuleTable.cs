using System.Globalization;
using BgpLoadBalancer.Bench.Module;

namespace BgpLoadBalancer.Bench.Report;

/// <summary>The rows about the module as a table.</summary>
internal static class ModuleTable
{
    public static IEnumerable<string> Format(IReadOnlyList<(ModuleRow Row, double Median)> results) => TextTable.Format(
    [
        ["", "ms", "goal", "met"],
        .. results.Select(result => new[]
        {
            result.Row.Name,
            result.Median.ToString("0.0", CultureInfo.InvariantCulture),
            result.Row.Goal?.ToString() ?? "",
            result.Row.Goal?.IsMet(result.Median, null) switch { true => "yes", false => "no", null => "" },
        }),
    ]);
}
