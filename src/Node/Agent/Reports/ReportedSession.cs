using BgpLoadBalancer.Cluster.Planning.Names;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Node.Agent.Reports;

/// <summary>A session of this node, and what there is to report of it now.</summary>
internal readonly record struct ReportedSession(SessionIdentity Identity, BgpSessionStatus Status);
