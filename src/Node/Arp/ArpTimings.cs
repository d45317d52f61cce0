namespace BgpLoadBalancer.Node.Arp;

/// <summary>How an address is probed and announced; the names are those of RFC 5227 section 1.1.</summary>
public sealed record ArpTimings
{
    /// <summary>
    /// The RFC's constants. They cost four to seven seconds, and are meant for hosts that choose an address by themselves, by the hundred,
    /// on links of any age.
    /// </summary>
    public static ArpTimings Standard { get; } = new()
    {
        ProbeWait = TimeSpan.FromSeconds(1),
        ProbeMin = TimeSpan.FromSeconds(1),
        ProbeMax = TimeSpan.FromSeconds(2),
        AnnounceWait = TimeSpan.FromSeconds(2),
    };

    /// <summary>
    /// The defaults: the same three probes in 0.4 to 0.7 s. The lease decides already between our own nodes, so the probe looks only
    /// for a stranger that has the address for good, and such a one answers within milliseconds; each second here would be a second
    /// of every failover.
    /// </summary>
    public static ArpTimings Failover { get; } = new();

    /// <summary>Before the first probe, at most, by chance: so that hosts that start together do not probe together.</summary>
    public TimeSpan ProbeWait { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How many probes; at least 1.</summary>
    public int ProbeCount { get; init; } = 3;

    /// <summary>Between two probes, at least.</summary>
    public TimeSpan ProbeMin { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Between two probes, at most.</summary>
    public TimeSpan ProbeMax { get; init; } = TimeSpan.FromMilliseconds(150);

    /// <summary>After the last probe; no answer until then means that nobody has the address.</summary>
    public TimeSpan AnnounceWait { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>How many announcements; at least 1.</summary>
    public int AnnounceCount { get; init; } = 2;

    /// <summary>Between two announcements.</summary>
    public TimeSpan AnnounceInterval { get; init; } = TimeSpan.FromSeconds(2);
}
