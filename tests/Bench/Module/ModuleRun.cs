using System.Globalization;
using BgpLoadBalancer.Bench.Contenders;
using BgpLoadBalancer.Bench.Rows;

namespace BgpLoadBalancer.Bench.Module;

/// <summary>A line about the module: a figure of its samples.</summary>
internal sealed record ModuleRow(string Name, Func<ModuleSample, double> Value, Goal? Goal);

/// <summary>Starts fresh engines, one process each, and takes the medians.</summary>
internal static class ModuleRun
{
    private const int Runs = 7;

    private static readonly ModuleRow[] All =
    [
        new("module: an empty engine opens", sample => sample.Open, null),
        new("module: its first pipeline", sample => sample.Empty, null),
        new("module: Import-Module above that", sample => sample.Import, new Goal.AtMost(150, "ms")),
        new("module: first command", sample => sample.First, null),
        new("module: 1,000 sessions to a table, first time", sample => sample.Table, null),
        new("module: 1,000 sessions to a table", sample => sample.TableAgain, new Goal.AtMost(200, "ms")),
    ];

    public static IReadOnlyList<(ModuleRow Row, double Median)> Run(string filter, int? runs, DirectoryInfo folder)
    {
        ModuleRow[] rows = [.. All.Where(row => row.Name.Contains(filter, StringComparison.OrdinalIgnoreCase))];
        if (rows.Length == 0) return [];
        ModuleSample[] samples = [.. Enumerable.Range(0, runs ?? Runs).Select(_ => Measure(folder))];
        return [.. rows.Select(row => (row, Median([.. samples.Select(row.Value).Order()])))];
    }

    private static ModuleSample Measure(DirectoryInfo folder)
    {
        string output = Path.Combine(folder.FullName, "module.txt");
        File.Delete(output);
        (string executable, List<string> arguments) = SpeakerContender.OwnExecutable();
        using (ChildProcess process = new(executable, [.. arguments, ModuleHost.Command, output]))
        {
            if (!process.WaitForExit(TimeSpan.FromSeconds(60))) throw new BenchException("The engine did not end within a minute.");
        }

        if (!File.Exists(output)) throw new BenchException("The engine failed.");
        double[] times = [.. File.ReadAllLines(output).Select(line => double.Parse(line, CultureInfo.InvariantCulture))];
        return new(times[0], times[1], times[2], times[3], times[4], times[5]);
    }

    private static double Median(double[] ascending) =>
        ascending.Length % 2 == 1 ? ascending[ascending.Length / 2] : (ascending[(ascending.Length / 2) - 1] + ascending[ascending.Length / 2]) / 2;
}
