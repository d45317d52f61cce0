using BgpLoadBalancer.Bench.Contenders;

namespace BgpLoadBalancer.Bench.Rows;

/// <summary>A workload, how often each contender runs it, and whether single changes are measured in it too.</summary>
internal sealed record Scenario(string Name, Workload Workload, int Pairs, int Changes = 0)
{
    public static Scenario Thousand { get; } = new("1,000 prefixes", new(1_000), Pairs: 9, Changes: 200);

    public static Scenario HundredThousand { get; } = new("100,000 prefixes", new(100_000), Pairs: 7);

    public static Scenario Million { get; } = new("1,000,000 prefixes", new(1_000_000), Pairs: 5);

    public static Scenario ThousandTimesEight { get; } = new("1,000 prefixes with 8 next hops", new(1_000, 8), Pairs: 7);

    public static Scenario TenThousandTimesEight { get; } = new("10,000 prefixes with 8 next hops", new(10_000, 8), Pairs: 7);
}
