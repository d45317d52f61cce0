namespace BgpLoadBalancer.Bench.Rows;

/// <summary>One line of the comparison: a figure taken out of the samples of a scenario.</summary>
/// <param name="Unit">ms, MB, % or empty.</param>
/// <param name="Goal">Null for figures that are only told.</param>
internal sealed record Row(string Name, Scenario Scenario, string Unit, Func<Sample, double> Value, Goal? Goal);
