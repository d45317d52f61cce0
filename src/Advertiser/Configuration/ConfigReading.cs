using System.Collections.Immutable;

namespace BgpLoadBalancer.Advertiser.Configuration;

/// <summary>One look at the file: a configuration, or why there is none. Equal by value, so that a change is seen.</summary>
internal sealed record ConfigReading
{
    public ConfigReading(AdvertiserConfig config) => Config = config;

    public ConfigReading(ImmutableArray<ConfigProblem> problems) => Problems = problems;

    /// <summary>Null when there are problems.</summary>
    public AdvertiserConfig? Config { get; }

    /// <summary>All of them, in the order of the file.</summary>
    public ImmutableArray<ConfigProblem> Problems { get; } = [];

    public bool Equals(ConfigReading? other) =>
        other is not null && Equals(Config, other.Config) && Problems.AsSpan().SequenceEqual(other.Problems.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Config, Problems.Length);
}
