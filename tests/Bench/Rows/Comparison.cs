using BgpLoadBalancer.Bench.Contenders;

namespace BgpLoadBalancer.Bench.Rows;

/// <summary>Runs the scenarios that the chosen rows need, the contenders in turn (A B A B), and makes the rows of what came out.</summary>
internal static class Comparison
{
    /// <param name="bird">Null when this host has none.</param>
    /// <param name="pairs">How many runs of each; null takes the scenario's own number.</param>
    /// <param name="progress">Told of each run.</param>
    public static IReadOnlyList<RowResult> Run(IReadOnlyList<Row> rows, IContender ours, IContender? bird, int? pairs, TextWriter progress)
    {
        // The first session of this process also compiles the receiver; it is nobody's figure.
        if (rows.Count > 0) _ = SessionRun.Measure(ours, new Scenario("warm-up", new(1_000), Pairs: 1));
        Dictionary<Scenario, (List<Sample> Ours, List<Sample> Bird)> samples = [];
        foreach (Scenario scenario in rows.Select(row => row.Scenario).Distinct())
        {
            samples[scenario] = Measure(scenario, ours, bird, pairs ?? scenario.Pairs, progress);
        }

        return [.. rows.Select(row => RowResult.From(row, samples[row.Scenario].Ours, samples[row.Scenario].Bird))];
    }

    private static (List<Sample> Ours, List<Sample> Bird) Measure(Scenario scenario, IContender ours, IContender? bird, int pairs, TextWriter progress)
    {
        List<Sample> mine = [];
        List<Sample> theirs = [];
        for (int pair = 1; pair <= pairs; pair++)
        {
            if (bird is not null) theirs.Add(Run(scenario, bird));
            mine.Add(Run(scenario, ours));
            progress.WriteLine($"{scenario.Name}, run {pair} of {pairs}: {string.Join(", ", Describe(bird, theirs).Concat(Describe(ours, mine)))}");
        }

        return (mine, theirs);
    }

    private static Sample Run(Scenario scenario, IContender contender)
    {
        try
        {
            return SessionRun.Measure(contender, scenario);
        }
        catch (BenchException exception)
        {
            throw new BenchException($"{contender.Name}, {scenario.Name}: {exception.Message}", exception);
        }
    }

    private static IEnumerable<string> Describe(IContender? contender, List<Sample> samples) =>
        contender is null ? [] : [FormattableString.Invariant($"{contender.Name} {samples[^1].Inject:0.0} ms up, {samples[^1].Withdraw:0.0} ms down")];
}
