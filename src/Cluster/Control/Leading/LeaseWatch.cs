using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Control.Leading;

/// <summary>
/// Tells when a lease may be taken: when it is nobody's, or when one version of it has been seen for its whole duration by our own clock.
/// Wall clocks are never compared (R19, R38).
/// </summary>
internal sealed class LeaseWatch(LeaseAccess lease, TimeSpan duration, TimeProvider timeProvider)
{
    private string? _version;
    private long _since;

    /// <param name="seen">As it was read just now; the count starts after the answer, because it was written before.</param>
    public bool MayTake(LeaseResource seen)
    {
        if (seen.Metadata.ResourceVersion != _version)
        {
            _version = seen.Metadata.ResourceVersion;
            _since = timeProvider.GetTimestamp();
        }

        // Ours: a write of ours whose answer we did not wait for. The identity is this candidate's alone.
        if (string.IsNullOrEmpty(seen.Holder) || lease.IsOurs(seen)) return true;
        return timeProvider.GetElapsedTime(_since) >= Longest(duration, TimeSpan.FromSeconds(seen.DurationSeconds));
    }

    // Its holder may go by a longer duration than we do.
    private static TimeSpan Longest(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
