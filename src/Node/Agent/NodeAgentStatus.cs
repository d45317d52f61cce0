using System.Collections.Immutable;
using BgpLoadBalancer.Node.Agent.Sessions;
using BgpLoadBalancer.Node.FloatingIPs;

namespace BgpLoadBalancer.Node.Agent;

/// <summary>A node agent at one moment.</summary>
/// <param name="Running">False before it has started and after it has ended.</param>
/// <param name="FloatingIPs">Those that concern it, with what it has done about them.</param>
/// <param name="Sessions">Those that the plan gives to this node.</param>
/// <param name="Routes">Prefixes that it announces.</param>
/// <param name="StoreReachable">It sees the cluster as it is now; otherwise it goes on with what it last knew (R24).</param>
/// <param name="LastPlan">When it last planned, by the wall clock, for people; null before the first time.</param>
/// <param name="Problem">What is in its way at the moment; null when nothing is.</param>
public sealed record NodeAgentStatus(
    string Node,
    bool Running,
    ImmutableArray<FloatingIPSnapshot> FloatingIPs,
    ImmutableArray<NodeSession> Sessions,
    int Routes,
    bool StoreReachable,
    DateTimeOffset? LastPlan,
    string? Problem);
