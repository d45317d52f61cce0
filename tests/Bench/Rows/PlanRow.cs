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
        // One service loses its endpoints and gets them back: a route withdrawn, then announced.
        double[] endpoints = Change(snapshot, plan, runs, (i, current) => SampleCluster.Change(current, i / 2 * 97 % SampleCluster.Services, ready: i % 2));
        // Addresses are given anew: a service comes and goes; the controller writes one's address into its status; a pool comes and goes.
        double[] services = Change(snapshot, plan, runs, (i, current) => i % 2 == 0 ? SampleCluster.Add(current, i) : SampleCluster.RemoveLast(current));
        double[] statuses = Change(snapshot, plan, runs, (i, current) => SampleCluster.Hold(current, plan, i * 97 % SampleCluster.Services));
        double[] pools = Change(snapshot, plan, runs, (i, current) => i % 2 == 0 ? SampleCluster.AddPool(current) : SampleCluster.RemovePool(current));
        return
        [
            new("full, in a process just started", first, "ms", new Goal.AtMost(150, "ms")),
            new("full, again", Median(full.Select(run => run.Time)), "ms", new Goal.AtMost(150, "ms")),
            new("allocated by a full one", Median(full.Select(run => run.Allocated)), "MB", new Goal.AtMost(150, "MB")),
            new("kept by the plan", kept, "MB", null),
            new("one service's endpoints changed", Median(endpoints), "ms", new Goal.AtMost(5, "ms")),
            new("one service came or went", Median(services), "ms", new Goal.AtMost(5, "ms")),
            new("one service's address was written to its status", Median(statuses), "ms", new Goal.AtMost(5, "ms")),
            new("a pool came or went", Median(pools), "ms", new Goal.AtMost(5, "ms")),
        ];
    }

    /// <summary>One change after the other, each planned from the plan before it.</summary>
    private static double[] Change(ClusterSnapshot snapshot, ClusterPlan plan, int runs, Func<int, ClusterSnapshot, (ClusterSnapshot Snapshot, ChangedKey Key)> next)
    {
        double[] times = new double[runs * 5];
        for (int i = 0; i < times.Length; i++)
        {
            (snapshot, ChangedKey key) = next(i, snapshot);
            ClusterSnapshot changed = snapshot;
            ClusterPlan last = plan;
            (plan, times[i], _) = Time(() => Planner.Plan(changed, last, [key]));
        }

        return times;
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
