using System.Net;

namespace BgpLoadBalancer.Cluster.Planning;

/// <param name="Node">The node that is to hold it; null when none can.</param>
/// <param name="Reason">Why it is on no node, or why it stays on one that is not healthy; else null.</param>
public sealed record PlannedFloatingIP(IPAddress Address, string? Node, PlanReason? Reason = null);
