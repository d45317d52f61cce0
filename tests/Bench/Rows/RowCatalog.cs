namespace BgpLoadBalancer.Bench.Rows;

/// <summary>All lines of the comparison, the five that matter most first.</summary>
internal static class RowCatalog
{
    public static IReadOnlyList<Row> All { get; } =
    [
        new("originate 1,000 /32", Scenario.Thousand, "ms", sample => sample.Inject, new Goal.AtMost(3, "ms")),
        new("originate 100,000", Scenario.HundredThousand, "ms", sample => sample.Inject, new Goal.Ratio(0.4)),
        new("originate 1,000,000", Scenario.Million, "ms", sample => sample.Inject, new Goal.Ratio(0.4)),
        new("withdraw 1,000,000", Scenario.Million, "ms", sample => sample.Withdraw, new Goal.Ratio(0.4)),
        new("memory with 1,000,000 originated", Scenario.Million, "MB", sample => sample.Memory.Resident, new Goal.AtMost(160, "MB")),
        new("peak memory until then", Scenario.Million, "MB", sample => sample.Memory.Peak, null),
        new("originate 1,000 again, same process", Scenario.Thousand, "ms", sample => sample.InjectAgain, null),
        new("originate 100,000 again", Scenario.HundredThousand, "ms", sample => sample.InjectAgain, null),
        new("originate 1,000,000 again", Scenario.Million, "ms", sample => sample.InjectAgain, null),
        new("withdraw 1,000,000 again", Scenario.Million, "ms", sample => sample.WithdrawAgain, null),
        new("prefixes in one UPDATE", Scenario.HundredThousand, "", sample => sample.PathsInUpdate, new Goal.MoreThan(800)),
        new("UPDATEs that are full", Scenario.HundredThousand, "%", sample => sample.FullUpdates, new Goal.AtLeast(95, "%")),
        new("1,000 prefixes × 8 next hops, ADD-PATH", Scenario.ThousandTimesEight, "ms", sample => sample.Inject, new Goal.Ratio(1)),
        new("10,000 prefixes × 8 next hops, ADD-PATH", Scenario.TenThousandTimesEight, "ms", sample => sample.Inject, new Goal.Ratio(0.7)),
        new("one route changed → on the wire", Scenario.Thousand, "ms", sample => Percentile(sample.Changes, 0.5), new Goal.AtMost(0.3, "ms")),
        new("the same, 99th percentile", Scenario.Thousand, "ms", sample => Percentile(sample.Changes, 0.99), new Goal.AtMost(1, "ms")),
        new("process start → first SYN, speaker of the bench", Scenario.Thousand, "ms", sample => sample.Connect, null),
    ];

    private static double Percentile(double[] ascending, double fraction) => ascending[(int)Math.Ceiling(fraction * ascending.Length) - 1];
}
