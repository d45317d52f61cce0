namespace BgpLoadBalancer.Node.FloatingIPs;

/// <summary>An instant of a monotonic clock, passed on instead of a length of time, which would grow by every delay on its way.</summary>
/// <param name="Timestamp">As of <see cref="TimeProvider.GetTimestamp"/>.</param>
public readonly record struct Deadline(TimeProvider Time, long Timestamp)
{
    /// <summary>Negative when it has passed.</summary>
    public TimeSpan Left => Time.GetElapsedTime(Time.GetTimestamp(), Timestamp);

    /// <summary>
    /// What the kernel is given as an address's lifetime: the time left in whole seconds, rounded down, so that the address never outlives
    /// the deadline; null when less than a second is left (0 would be refused).
    /// </summary>
    public TimeSpan? KernelLifetime => WholeSeconds(Left);

    /// <summary>The same of a time left that is known already.</summary>
    internal static TimeSpan? WholeSeconds(TimeSpan left) => left < TimeSpan.FromSeconds(1) ? null : TimeSpan.FromSeconds(Math.Floor(left.TotalSeconds));
}
