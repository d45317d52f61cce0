using BgpLoadBalancer.Bench.Contenders;
using BgpLoadBalancer.Bench.Micro;
using BgpLoadBalancer.Bench.Module;
using BgpLoadBalancer.Bench.Report;
using BgpLoadBalancer.Bench.Rows;

namespace BgpLoadBalancer.Bench;

/// <summary>One call of the bench from its options to its report.</summary>
internal static class BenchRun
{
    /// <returns>The exit code: 0, or 1 when something could not be measured.</returns>
    public static int Execute(string filter, int? pairs, bool quick, string output)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("bgp-bench-");
        // Also when a signal ends the process, which skips what is still to be done here.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);
        try
        {
            BenchReport report = new(quick ? "BgpLoadBalancer benchmarks, a quick run: do they work, not how fast" : "BgpLoadBalancer benchmarks");
            Compare(report, filter, pairs, folder);
            MeasureStart(report, filter, pairs ?? 9, folder);
            Module(report, filter, pairs, folder);
            MeasurePlans(report, filter, pairs ?? 15);
            Micro(report, filter, quick, folder);
            report.Print(Console.Out);
            report.Save(output);
            Console.Out.WriteLine();
            Console.Out.WriteLine($"Written to {Path.GetRelativePath(Environment.CurrentDirectory, output)}");
            return 0;
        }
        catch (BenchException exception)
        {
            Console.Error.WriteLine(exception.Message);
            return 1;
        }
    }

    /// <summary>artifacts/bench/results.md of the repository.</summary>
    public static string DefaultOutput() => Path.Combine(Repository().FullName, "artifacts", "bench", "results.md");

    // The one that this was built in, or else the current folder.
    private static DirectoryInfo Repository()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "BgpLoadBalancer.slnx"))) folder = folder.Parent;
        return folder ?? new(Environment.CurrentDirectory);
    }

    private static void Compare(BenchReport report, string filter, int? pairs, DirectoryInfo folder)
    {
        Row[] rows = [.. RowCatalog.All.Where(row => row.Name.Contains(filter, StringComparison.OrdinalIgnoreCase))];
        if (rows.Length == 0) return;
        SpeakerContender ours = new();
        BirdContender? bird = BirdContender.Find(folder);
        if (bird is null) Console.Error.WriteLine("No BIRD on this host (Debian: bird2): our figures alone.");
        IReadOnlyList<RowResult> results = Comparison.Run(rows, ours, bird, pairs, Console.Error);
        string explanation = bird is null
            ? "This host has no BIRD (Debian: package bird2), so these are our figures alone. Medians; each run is a process of its own, over loopback."
            : "Medians of runs made in turn, each a process of its own, over loopback to one receiver. The ratio is ours to BIRD's, pair by pair.";
        report.Add("On the wire", explanation, ComparisonTable.Format(results, ours.Name, bird?.Name));
    }

    private static void MeasureStart(BenchReport report, string filter, int runs, DirectoryInfo folder)
    {
        if (!StartRow.Title.Contains(filter, StringComparison.OrdinalIgnoreCase)) return;
        IReadOnlyList<StartRow> rows = StartRow.Measure(Repository(), folder, runs);
        if (rows.Count == 0)
        {
            Console.Error.WriteLine($"No bgpadvertiser is built, so there is no '{StartRow.Title}': see the tasks build and release.");
            return;
        }

        report.Add("Start", $"Medians: {StartRow.Title}.", ComparisonTable.Format(rows));
    }

    private static void Module(BenchReport report, string filter, int? runs, DirectoryInfo folder)
    {
        IReadOnlyList<(ModuleRow Row, double Median)> results = ModuleRun.Run(filter, runs, folder);
        if (results.Count == 0) return;
        report.Add("In PowerShell", "Medians of fresh engines, each a process of its own, in the order in which a new shell does these things.", ModuleTable.Format(results));
    }

    private static void MeasurePlans(BenchReport report, string filter, int runs)
    {
        if (!PlanRow.Title.Contains(filter, StringComparison.OrdinalIgnoreCase)) return;
        report.Add("Planning", $"Medians: {PlanRow.Title}, all announced.", ComparisonTable.Format(PlanRow.Measure(runs)));
    }

    private static void Micro(BenchReport report, string filter, bool quick, DirectoryInfo folder)
    {
        IReadOnlyList<MicroResult> results = MicroBenchmarks.Run(filter, quick, folder);
        if (results.Count == 0) return;
        report.Add("In memory", $"Medians over {SampleRoutes.Count:#,0} IPv4 /32 that share their attributes, one session.", MicroTable.Format(results));
    }
}
