namespace BgpLoadBalancer.Bench.Rows;

/// <summary>A row's medians. Without BIRD its figures are null, and the ratios also where its figure is zero.</summary>
internal sealed record RowResult(Row Row, double Ours, double? Bird, double? Ratio, double? LowestRatio, double? HighestRatio)
{
    public bool? GoalMet => Row.Goal?.IsMet(Ours, Ratio);

    /// <param name="bird">Run by run beside <paramref name="ours"/>, or empty.</param>
    public static RowResult From(Row row, IReadOnlyList<Sample> ours, IReadOnlyList<Sample> bird)
    {
        double[] mine = [.. ours.Select(row.Value)];
        double[] theirs = [.. bird.Select(row.Value)];
        // A ratio of each pair first, its median then: the two of a pair had the same noise from the rest of the machine.
        double[] ratios = [.. mine.Zip(theirs).Where(pair => pair.Second != 0).Select(pair => pair.First / pair.Second).Order()];
        double? median = theirs.Length == 0 ? null : Median(theirs);
        return ratios.Length == 0
            ? new(row, Median(mine), median, null, null, null)
            : new(row, Median(mine), median, Median(ratios), ratios[0], ratios[^1]);
    }

    private static double Median(double[] values)
    {
        double[] ascending = [.. values.Order()];
        int middle = ascending.Length / 2;
        return ascending.Length % 2 == 1 ? ascending[middle] : (ascending[middle - 1] + ascending[middle]) / 2;
    }
}
