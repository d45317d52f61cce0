namespace BgpLoadBalancer.Bgp.Session;

/// <summary>How long to wait before the next attempt (R24, R42).</summary>
internal static class RetryPolicy
{
    /// <summary>R42's upper end.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    /// <summary>R24's short retry.</summary>
    public static readonly TimeSpan Fast = TimeSpan.FromSeconds(1);

    /// <param name="jitter">0 up to 1; RFC 4271 §10 makes a timer run for 0.75 to 1.0 of its value.</param>
    public static TimeSpan Pause(in PeerState state, TimeSpan connectRetryTime, double jitter)
    {
        if (state.FastRetry == FastRetryPhase.Running) return Fast;
        double scale = Math.Pow(2, Math.Max(0, state.Failures - 1));
        double ticks = Math.Min(connectRetryTime.Ticks * scale, Math.Max(Longest.Ticks, connectRetryTime.Ticks));
        return TimeSpan.FromTicks((long)(ticks * (0.75 + (0.25 * jitter))));
    }
}
