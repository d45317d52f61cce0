using System.Globalization;
using BgpLoadBalancer.Bench.Micro;

namespace BgpLoadBalancer.Bench.Report;

/// <summary>The micro benchmarks as a table.</summary>
internal static class MicroTable
{
    public static IEnumerable<string> Format(IReadOnlyList<MicroResult> results) => TextTable.Format(
    [
        ["", "ns a route", "million routes a second", "octets allocated a route"],
        .. results.Select(result => new[]
        {
            result.Name,
            result.Nanoseconds.ToString("0.00", CultureInfo.InvariantCulture),
            (1_000 / result.Nanoseconds).ToString("0.0", CultureInfo.InvariantCulture),
            result.AllocatedBytes.ToString("0.00", CultureInfo.InvariantCulture),
        }),
    ]);
}
