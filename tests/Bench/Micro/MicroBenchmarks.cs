using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace BgpLoadBalancer.Bench.Micro;

/// <summary>What one micro benchmark gave, per route.</summary>
internal sealed record MicroResult(string Name, double Nanoseconds, double AllocatedBytes);

/// <summary>Runs the micro benchmarks in this process, shortly and quietly.</summary>
internal static class MicroBenchmarks
{
    private static readonly Type[] s_all = [typeof(CodecBenchmarks), typeof(DifferenceBenchmarks)];

    /// <param name="filter">Only those whose description contains it.</param>
    /// <param name="quick">A few milliseconds each: whether they work, not how fast.</param>
    /// <param name="folder">For BenchmarkDotNet's own files.</param>
    /// <exception cref="BenchException">One of them failed.</exception>
    public static IReadOnlyList<MicroResult> Run(string filter, bool quick, DirectoryInfo folder)
    {
        AccumulationLogger log = new();
        Job job = Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance);
        if (quick) job = job.WithWarmupCount(1).WithIterationCount(1).WithIterationTime(Perfolizer.Horology.TimeInterval.FromMilliseconds(50));
        IConfig config = ManualConfig.CreateEmpty()
            .AddJob(job)
            .AddLogger(log)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddFilter(new BenchmarkDotNet.Filters.SimpleFilter(benchmark => benchmark.Descriptor.WorkloadMethodDisplayInfo.Contains(filter, StringComparison.OrdinalIgnoreCase)))
            .WithArtifactsPath(folder.FullName);
        return [.. s_all.SelectMany(type => BenchmarkRunner.Run(type, config).Reports).Select(report => ToResult(report, log))];
    }

    private static MicroResult ToResult(BenchmarkReport report, AccumulationLogger log)
    {
        string name = report.BenchmarkCase.Descriptor.WorkloadMethodDisplayInfo.Trim('\'');
        if (!report.Success || report.ResultStatistics is null) throw new BenchException($"The benchmark '{name}' failed:\n{log.GetLog()}");
        double allocated = (double)(report.GcStats.GetTotalAllocatedBytes(excludeAllocationQuantumSideEffects: true) ?? 0) / report.GcStats.TotalOperations;
        return new(name, report.ResultStatistics.Median, allocated);
    }
}
