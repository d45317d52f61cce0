using System.Collections.Immutable;
using BgpLoadBalancer.Cluster.Planning.Network;

namespace BgpLoadBalancer.Cluster.Planning;

/// <summary>All decisions of the planner about one snapshot. Immutable; every list is in an order of its own content.</summary>
public sealed class ClusterPlan
{
    internal ClusterPlan(NetworkPlan network, ImmutableArray<PlannedService> services)
    {
        Network = network;
        Services = services;
    }

    /// <summary>What concerns the cluster as a whole.</summary>
    public ImmutableArray<PlanReason> Reasons => Network.Reasons;

    /// <summary>By name.</summary>
    public ImmutableArray<PlannedNode> Nodes => Network.Nodes;

    /// <summary>By address.</summary>
    public ImmutableArray<PlannedFloatingIP> FloatingIPs => Network.FloatingIPs;

    /// <summary>By peer, then by local address.</summary>
    public ImmutableArray<ControlPlaneSession> ControlPlaneSessions => Network.ControlPlaneSessions;

    /// <summary>Peers of the data plane, by address.</summary>
    public ImmutableArray<PlannedPeer> Peers => Network.Peers;

    /// <summary>By peer, then by rank.</summary>
    public ImmutableArray<ServiceSession> ServiceSessions => Network.ServiceSessions;

    public NextHopSet NextHopsIPv4 => Network.NextHopsIPv4;

    public NextHopSet NextHopsIPv6 => Network.NextHopsIPv6;

    /// <summary>The BGPLoadBalancer's name, by which routes are named (R31); null without one.</summary>
    public string? LoadBalancerName => Network.LoadBalancerName;

    /// <summary>By namespace and name, in ordinal order.</summary>
    public ImmutableArray<PlannedService> Services { get; }

    /// <summary>The MED that routes go with (R28, R31); null where there is none, and where not all sessions send the same one.</summary>
    public uint? Metric => ServiceSessions.Select(session => session.Peer.Resource?.Med).Distinct().Take(2).ToArray() is [var only] ? only : null;

    public IEnumerable<PlannedRoute> Routes => Services.SelectMany(service => service.Routes);

    internal NetworkPlan Network { get; }
}
