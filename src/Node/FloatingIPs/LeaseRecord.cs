using System.Net;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Node.FloatingIPs;

/// <summary>Lease objects as they are to be written.</summary>
internal static class LeaseRecord
{
    /// <summary>A lease that names this node from now on, or again.</summary>
    /// <param name="before">Null: there is none yet.</param>
    /// <param name="now">For people. It always moves on, if by a microsecond: a renewal that changed nothing would be no new version.</param>
    public static LeaseResource Taken(LeaseResource? before, IPAddress address, string node, TimeSpan duration, DateTimeOffset now)
    {
        DateTimeOffset time = Microseconds(now);
        if (before?.RenewTime is { } last && time <= last) time = Microseconds(last).AddMicroseconds(1);
        LeaseResource lease = before ?? new() { Metadata = new() { Name = LeaseNames.OfFloatingIP(address), Namespace = LeaseNames.SystemNamespace } };
        bool isNew = lease.Holder != node;
        return lease with
        {
            Holder = node,
            DurationSeconds = (int)duration.TotalSeconds,
            AcquireTime = isNew ? time : lease.AcquireTime,
            RenewTime = time,
            Transitions = isNew && before is not null ? lease.Transitions + 1 : lease.Transitions,
        };
    }

    public static LeaseResource Released(LeaseResource before) => before with { Holder = null };

    // As fine as the API's MicroTime is.
    private static DateTimeOffset Microseconds(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMicrosecond));
}
