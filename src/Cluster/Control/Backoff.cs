namespace BgpLoadBalancer.Cluster.Control;

/// <summary>Waits that grow from one failure to the next.</summary>
internal static class Backoff
{
    private static readonly TimeSpan s_first = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(30);

    /// <param name="before">The wait after the failure before; null: this is the first.</param>
    /// <param name="random">Makes it up to a quarter shorter, so that many do not come back at one time.</param>
    public static TimeSpan After(TimeSpan? before, Random random)
    {
        TimeSpan wait = before is { } last ? last * 2 : s_first;
        return (wait > s_longest ? s_longest : wait) * (0.75 + (random.NextDouble() / 4));
    }
}
