using System.Collections.Immutable;
using BgpLoadBalancer.Cluster.Planning;

namespace BgpLoadBalancer.Node.ControlPlane;

/// <summary>What a plan has of the control plane for one node.</summary>
/// <param name="IsKnown">The plan has a Node of that name. Without one nothing can be said about it, not even that it has no session.</param>
/// <param name="Sessions">All from the node's address, in the plan's order.</param>
internal sealed record NodeControlPlane(ClusterPlan Plan, bool IsKnown, ImmutableArray<ControlPlaneSession> Sessions)
{
    public static NodeControlPlane Of(ClusterPlan plan, string node)
    {
        PlannedNode? planned = plan.Nodes.FirstOrDefault(planned => planned.Name == node);
        // The address too: a control-plane node without a Node goes by its address, which another's name may be.
        return new(plan, planned is not null, [.. plan.ControlPlaneSessions.Where(session => session.Node == node && session.LocalAddress.Equals(planned?.Address))]);
    }
}
