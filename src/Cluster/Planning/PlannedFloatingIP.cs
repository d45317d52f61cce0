using System.Net;

namespace BgpLoadBalancer.Cluster.Planning;

/// <param name="Node">The node that is to hold it; null when none can, and <paramref name="Reason"/> says why.</param>
public sealed record PlannedFloatingIP(IPAddress Address, string? Node, PlanReason? Reason = null);
