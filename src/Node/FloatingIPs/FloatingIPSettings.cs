namespace BgpLoadBalancer.Node.FloatingIPs;

/// <summary>How long the holder of a floating IP may go without its lease, and others must wait for it (R19). The same on all nodes.</summary>
public sealed record FloatingIPSettings
{
    /// <summary>
    /// What lies between the holder's dropping the address and the lease's end, at least: the kernel is up to a second late with the
    /// removal, telling it takes a moment, and clocks run at slightly different speeds.
    /// </summary>
    public static readonly TimeSpan Margin = TimeSpan.FromSeconds(2);

    // With less, a lifetime in whole seconds could run out between two renewals.
    private static readonly TimeSpan s_shortestDrop = TimeSpan.FromSeconds(2);

    /// <summary>How often the holder renews the lease.</summary>
    public TimeSpan Renew { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The holder drops the address when its last renewal that succeeded was sent so long ago.</summary>
    public TimeSpan Drop { get; init; } = TimeSpan.FromSeconds(12);

    /// <summary>Whole seconds. Another node takes a lease that it has seen unchanged for so long.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The pause after the store failed.</summary>
    internal TimeSpan Retry => Renew / 2;

    /// <summary>Sessions are closed so long before the drop time: only while the address is there can they say goodbye, and without that routers keep no routes (R24).</summary>
    internal static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(0.5);

    /// <summary>
    /// The kernel counts in whole seconds, so what it was told after a renewal may end up to a second early, before the sessions are closed. When no further renewal comes
    /// it is told the same deadline once more with this left: a whole second, and a moment for telling it.
    /// </summary>
    internal static readonly TimeSpan ToldAgain = TimeSpan.FromSeconds(1.1);

    /// <summary>How long one read or write of the store may take: there is time for another one before the drop.</summary>
    internal TimeSpan StoreTimeout => 2 * Renew;

    /// <summary>How long sessions may take to close before the address is removed under them.</summary>
    internal TimeSpan CloseLimit => 2 * Renew;

    /// <summary>The pause after the host refused, or the address was in use elsewhere; doubled each time.</summary>
    internal TimeSpan ShortestBackOff => Renew;

    internal static readonly TimeSpan LongestBackOff = TimeSpan.FromMinutes(1);

    /// <exception cref="ArgumentException">The durations do not fit each other; the message says which, and what would be right.</exception>
    public void Check()
    {
        if (Renew <= TimeSpan.Zero) throw Wrong($"renew is {Text(Renew)}, and must be more than 0 s");
        if (Drop < s_shortestDrop) throw Wrong($"drop is {Text(Drop)}, and must be at least {Text(s_shortestDrop)}, because the kernel counts an address's lifetime in whole seconds");
        if (2 * Renew >= Drop) throw Wrong($"renew is {Text(Renew)} and drop is {Text(Drop)}: one failed renewal would cost the address; make renew less than {Text(Drop / 2)}");
        if (Drop + Margin > Lease) throw Wrong($"drop is {Text(Drop)} and lease is {Text(Lease)}: two nodes could hold the address; make lease at least {Text(Drop + Margin)}");
        if (Lease.Ticks % TimeSpan.TicksPerSecond != 0 || Lease.TotalSeconds > int.MaxValue) throw Wrong($"lease is {Text(Lease)}, and must be whole seconds, at most {int.MaxValue}");
    }

    private static ArgumentException Wrong(string what) => new($"Durations of floating IPs: {what}.");

    private static string Text(TimeSpan time) => FormattableString.Invariant($"{time.TotalSeconds:0.###} s");
}
