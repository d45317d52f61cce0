using System.Globalization;
using BgpLoadBalancer.Bench.Rows;

namespace BgpLoadBalancer.Bench.Report;

/// <summary>The rows beside BIRD as a table.</summary>
internal static class ComparisonTable
{
    /// <param name="birdName">Null leaves its columns out.</param>
    public static IEnumerable<string> Format(IReadOnlyList<RowResult> results, string oursName, string? birdName)
    {
        List<string[]> rows = [birdName is null ? ["", oursName, "goal", "met"] : ["", birdName, oursName, "ratio", "lowest–highest", "goal", "met"]];
        foreach (RowResult result in results)
        {
            string ours = Figure(result.Ours, result.Row.Unit);
            string goal = result.Row.Goal?.ToString() ?? "";
            string met = Met(result.GoalMet);
            string[] bird = birdName is null ? [] : [Figure(result.Bird!.Value, result.Row.Unit)];
            string[] ratio = birdName is null ? [] : Ratio(result);
            rows.Add([result.Row.Name, .. bird, ours, .. ratio, goal, met]);
        }

        return TextTable.Format(rows);
    }

    public static IEnumerable<string> Format(IReadOnlyList<StartRow> rows) => TextTable.Format(
    [
        ["", "start → SYN", "goal", "met"],
        .. rows.Select(row => new[] { row.Name, Figure(row.Milliseconds, "ms"), row.Goal?.ToString() ?? "", Met(row.Goal?.IsMet(row.Milliseconds, null)) }),
    ]);

    public static IEnumerable<string> Format(IReadOnlyList<PlanRow> rows) => TextTable.Format(
    [
        ["", "plan", "goal", "met"],
        .. rows.Select(row => new[] { row.Name, Figure(row.Value, row.Unit), row.Goal?.ToString() ?? "", Met(row.Goal?.IsMet(row.Value, null)) }),
    ]);

    private static string Met(bool? met) => met switch { true => "yes", false => "no", null => "" };

    private static string[] Ratio(RowResult result) => result is { Ratio: { } ratio, LowestRatio: { } lowest, HighestRatio: { } highest }
        ? [Number(ratio), $"{Number(lowest)}–{Number(highest)}"]
        : ["–", "–"];

    private static string Figure(double value, string unit) => unit.Length == 0 ? Number(value) : $"{Number(value)} {unit}";

    // Three significant digits: the machine's noise leaves no more.
    private static string Number(double value) => value switch
    {
        >= 100 => value.ToString("#,0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.ToString("0.00", CultureInfo.InvariantCulture),
    };
}
