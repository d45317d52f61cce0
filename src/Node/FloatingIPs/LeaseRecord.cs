using System.Net;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Node.FloatingIPs;

/// <summary>Lease objects as they are to be written.</summary>
internal static class LeaseRecord
{
    /// <summary>
    /// The holder that a new lease names, which is no node's name and never renews it, so everybody waits for a whole duration before the first
    /// one takes it. The lease before it may have been deleted under its holder. That there is no lease has no version, so a creation can come
    /// late, when another lease has come and gone; only when it gives the lease to nobody, that does not matter.
    /// </summary>
    public const string Unclaimed = "_unclaimed";

    public static LeaseResource Created(IPAddress address, TimeSpan duration) => new()
    {
        Metadata = new() { Name = LeaseNames.OfFloatingIP(address), Namespace = LeaseNames.SystemNamespace },
        Holder = Unclaimed,
        DurationSeconds = (int)duration.TotalSeconds,
    };

    /// <summary>The lease names this node from now on, or again.</summary>
    /// <param name="now">For people. It always moves on, if by a microsecond: a renewal that changed nothing would be no new version.</param>
    public static LeaseResource Taken(LeaseResource before, string node, TimeSpan duration, DateTimeOffset now)
    {
        DateTimeOffset time = Microseconds(now);
        if (before.RenewTime is { } last && time <= last) time = Microseconds(last).AddMicroseconds(1);
        bool isNew = before.Holder != node;
        return before with
        {
            Metadata = before.Metadata with { Annotations = before.Metadata.Annotations.Remove(LeaseNames.RefusalAnnotation) },
            Holder = node,
            DurationSeconds = (int)duration.TotalSeconds,
            AcquireTime = isNew ? time : before.AcquireTime,
            RenewTime = time,
            Transitions = isNew ? before.Transitions + 1 : before.Transitions,
        };
    }

    /// <param name="refusal">Why the address could not be taken; null when it is given up.</param>
    public static LeaseResource Released(LeaseResource before, string node, string? refusal) => before with
    {
        Metadata = refusal is null ? before.Metadata : before.Metadata with { Annotations = before.Metadata.Annotations.SetItem(LeaseNames.RefusalAnnotation, $"{node}: {refusal}.") },
        Holder = null,
    };

    // As fine as the API's MicroTime is.
    private static DateTimeOffset Microseconds(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMicrosecond));
}
