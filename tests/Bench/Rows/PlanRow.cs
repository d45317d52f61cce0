using System.Diagnostics;
using BgpLoadBalancer.Cluster.Planning;

namespace BgpLoadBalancer.Bench.Rows;

/// <summary>How long planning takes, and how much memory, in this process.</summary>
/// <param name="Value">The median.</param>
/// <param name="Unit">ms or MB.</param>
internal sealed record PlanRow(string Name, double Value, string Unit, Goal? Goal)
{
    public const string Title = "plan of 10,000 services × 100 load-balancer nodes × 8 floating IPs × 4 peers";

    public static IReadOnlyList<PlanRow> Measure(int runs)
    {
        ClusterSnapshot snapshot = SampleCluster.Make();
        long before = GC.GetTotalMemory(forceFullCollection: true);
        (ClusterPlan plan, double first, _) = Time(() => Planner.Plan(snapshot));
        double kept = Megabytes(GC.GetTotalMemory(forceFullCollection: true) - before);
        if (plan.Services.Count(service => service.Announced) != SampleCluster.Services) throw new BenchException("Not every service of the sample is announced.");
        (double Time, double Allocated)[] full = [.. Enumerable.Range(0, runs).Select(_ => Time(() => Planner.Plan(snapshot))).Select(run => (run.Milliseconds, run.Allocated))];
        double[] changes = new double[runs * 5];
        for (int i = 0; i < changes.Length; i++)
        {
            // One service loses its endpoints and gets them back: a route withdrawn, then announced.
            int service = i / 2 * 97 % SampleCluster.Services;
            snapshot = SampleCluster.Change(snapshot, service, ready: i % 2);
            ChangedKey key = ChangedKey.Of(snapshot.Services[service]);
            ClusterPlan last = plan;
            (plan, changes[i], _) = Time(() => Planner.Plan(snapshot, last, [key]));
        }

        return
        [
            new("full, in a process just started", first, "ms", new Goal.AtMost(150, "ms")),
            new("full, again", Median(full.Select(run => run.Time)), "ms", new Goal.AtMost(150, "ms")),
            new("allocated by a full one", Median(full.Select(run => run.Allocated)), "MB", new Goal.AtMost(150, "MB")),
            new("kept by the plan", kept, "MB", null),
            new("one service changed", Median(changes), "ms", new Goal.AtMost(5, "ms")),
        ];
    }

    private static (ClusterPlan Plan, double Milliseconds, double Allocated) Time(Func<ClusterPlan> make)
    {
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        long started = Stopwatch.GetTimestamp();
        ClusterPlan plan = make();
        return (plan, Stopwatch.GetElapsedTime(started).TotalMilliseconds, Megabytes(GC.GetAllocatedBytesForCurrentThread() - allocated));
    }

    private static double Megabytes(long octets) => octets / 1e6;

    private static double Median(IEnumerable<double> values)
    {
        double[] ascending = [.. values.Order()];
        return ascending[ascending.Length / 2];
    }
}
