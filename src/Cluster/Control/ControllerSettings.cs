using BgpLoadBalancer.Cluster.Control.Observation;

namespace BgpLoadBalancer.Cluster.Control;

/// <summary>How a controller works.</summary>
public sealed record ControllerSettings
{
    /// <summary>
    /// How long a node counts as healthy whose agent has not yet shown a Lease (R23), and how long at most floating IPs wait for their first node until all nodes
    /// have said which subnets they are in (R19); both from when the controller has begun to see.
    /// </summary>
    public TimeSpan NodeLeaseDuration { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How often agents report a session that does not change (R30); after three of these without a report its state is Unknown.</summary>
    public TimeSpan SessionReportPeriod { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>R23: off keeps a service announced that has no ready endpoint.</summary>
    public bool WithdrawWithoutEndpoints { get; init; } = true;

    /// <summary>R36: also for a configuration that is a copy, which otherwise is the work of the admin cluster's controller alone.</summary>
    public bool WorksOnCopies { get; init; }

    internal ObserverSettings Observer => new() { NodeLeaseDuration = NodeLeaseDuration, AwaitsSubnets = true, WithdrawWithoutEndpoints = WithdrawWithoutEndpoints };
}
