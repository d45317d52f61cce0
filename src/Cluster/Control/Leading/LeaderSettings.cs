namespace BgpLoadBalancer.Cluster.Control.Leading;

/// <summary>How long a leader may go without its lease, and others must wait for it (R38). The same for all candidates.</summary>
public sealed record LeaderSettings
{
    /// <summary>What lies between the end of the work and the lease's, at least: for the work to end in, and for clocks of slightly different speeds.</summary>
    public static readonly TimeSpan Margin = TimeSpan.FromSeconds(2);

    /// <summary>How often the leader renews the lease at least, and the others look at it.</summary>
    public TimeSpan Renew { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The work is cancelled when the last renewal that succeeded was sent so long ago.</summary>
    public TimeSpan Drop { get; init; } = TimeSpan.FromSeconds(12);

    /// <summary>Whole seconds. Another candidate takes a lease that it has seen unchanged for so long.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(15);

    /// <exception cref="ArgumentException">The durations do not fit each other; the message says which, and what would be right.</exception>
    public void Check()
    {
        if (Renew <= TimeSpan.Zero) throw Wrong($"renew is {Text(Renew)}, and must be more than 0 s");
        if (2 * Renew >= Drop) throw Wrong($"renew is {Text(Renew)} and drop is {Text(Drop)}: one failed renewal would cost the lead; make renew less than {Text(Drop / 2)}");
        if (Drop + Margin > Lease) throw Wrong($"drop is {Text(Drop)} and lease is {Text(Lease)}: two could lead at once; make lease at least {Text(Drop + Margin)}");
        if (Lease.Ticks % TimeSpan.TicksPerSecond != 0 || Lease.TotalSeconds > int.MaxValue) throw Wrong($"lease is {Text(Lease)}, and must be whole seconds, at most {int.MaxValue}");
    }

    private static ArgumentException Wrong(string what) => new($"Durations of the leader's lease: {what}.");

    private static string Text(TimeSpan time) => FormattableString.Invariant($"{time.TotalSeconds:0.###} s");
}
