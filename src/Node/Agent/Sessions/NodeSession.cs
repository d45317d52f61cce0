using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Cluster.Planning;

namespace BgpLoadBalancer.Node.Agent.Sessions;

/// <summary>A session that the plan gives to this node, at one moment.</summary>
/// <param name="Info">Null while the speaker does not have it.</param>
/// <param name="Problem">Why it is not there, or not as it is configured; null when it is.</param>
public sealed record NodeSession(ServiceSession Session, BgpSessionInfo? Info, string? Problem);
