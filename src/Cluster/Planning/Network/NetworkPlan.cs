using System.Collections.Immutable;
using BgpLoadBalancer.Cluster.Planning.Addresses;

namespace BgpLoadBalancer.Cluster.Planning.Network;

/// <summary>Everything of a plan that does not depend on services. Taken over by reference while nothing in it changes.</summary>
internal sealed record NetworkPlan
{
    public required ImmutableArray<PlanReason> Reasons { get; init; }

    public required ImmutableArray<PlannedNode> Nodes { get; init; }

    public required ImmutableArray<PlannedFloatingIP> FloatingIPs { get; init; }

    public required ImmutableArray<ControlPlaneSession> ControlPlaneSessions { get; init; }

    public required ImmutableArray<PlannedPeer> Peers { get; init; }

    public required ImmutableArray<ServiceSession> ServiceSessions { get; init; }

    public required NextHopSet NextHopsIPv4 { get; init; }

    public required NextHopSet NextHopsIPv6 { get; init; }

    public required string? LoadBalancerName { get; init; }

    /// <summary>Services are none of our business here: no address, no route (R25, R37).</summary>
    public required PlanReason? NoServices { get; init; }

    /// <summary>No session would carry a route.</summary>
    public required PlanReason? NoSession { get; init; }

    public required bool WithdrawWithoutEndpoints { get; init; }

    /// <summary>R23: that an endpoint is not ready tells of its service. False while no node of the cluster is healthy: then it tells of a fault of the control plane.</summary>
    public required bool EndpointsCount { get; init; }

    public required AddressSpace Addresses { get; init; }
}
