using System.Globalization;

namespace BgpLoadBalancer.Bench.Rows;

/// <summary>What a figure is meant to be. Reported beside it, never asserted: machines differ.</summary>
internal abstract record Goal
{
    /// <param name="ours">The median of our figure.</param>
    /// <param name="ratio">The median of ours to BIRD's, pair by pair; null without BIRD.</param>
    /// <returns>Null when it cannot be judged.</returns>
    public abstract bool? IsMet(double ours, double? ratio);

    public sealed record Ratio(double Most) : Goal
    {
        public override bool? IsMet(double ours, double? ratio) => ratio is { } value ? value <= Most : null;

        public override string ToString() => Most == 1 ? "≤ BIRD" : string.Create(CultureInfo.InvariantCulture, $"≤ {Most:0.##} × BIRD");
    }

    public sealed record AtMost(double Most, string Unit) : Goal
    {
        public override bool? IsMet(double ours, double? ratio) => ours <= Most;

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"≤ {Most:#,0.##} {Unit}");
    }

    public sealed record MoreThan(double Least) : Goal
    {
        public override bool? IsMet(double ours, double? ratio) => ours > Least;

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"> {Least:#,0.##}");
    }

    public sealed record AtLeast(double Least, string Unit) : Goal
    {
        public override bool? IsMet(double ours, double? ratio) => ours >= Least;

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"≥ {Least:#,0.##} {Unit}");
    }
}
