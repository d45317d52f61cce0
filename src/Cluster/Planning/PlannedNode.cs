using System.Collections.Immutable;
using System.Net;

namespace BgpLoadBalancer.Cluster.Planning;

/// <summary>What the planner makes of a node: one of the Node objects, or one that only the cluster's lists name.</summary>
public sealed record PlannedNode
{
    /// <summary>The Node's name; the address where there is no Node.</summary>
    public required string Name { get; init; }

    /// <summary>IPv4: the one by which the cluster lists it, or else its first internal one; next hop and path identifier (R9).</summary>
    public IPAddress? Address { get; init; }

    /// <summary>Its first global one (R19); the next hop of IPv6 routes.</summary>
    public IPAddress? IPv6Address { get; init; }

    public bool ControlPlane { get; init; }

    /// <summary>A load-balancer node by the cluster's lists (R16), able to take traffic or not.</summary>
    public bool LoadBalancer { get; init; }

    /// <summary>Ready, and its agent's Lease is alive (R23).</summary>
    public bool Healthy { get; init; }

    /// <summary>Taken out of the next hops by a label that is honoured (R23).</summary>
    public bool Excluded { get; init; }

    /// <summary>The subnets of its interfaces, as published; empty where unknown (R19).</summary>
    public ImmutableArray<IPNetwork> Subnets { get; init; } = [];

    public ImmutableArray<PlanReason> Reasons { get; init; } = [];
}
