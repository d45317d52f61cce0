using BgpLoadBalancer.Cluster.Control.Observation;
using BgpLoadBalancer.Cluster.Planning;

namespace BgpLoadBalancer.Node.Agent;

/// <summary>Plans whenever the cluster has changed, and hands every plan on. While nothing can be seen of the cluster, the last plan stands (R24).</summary>
/// <param name="follow">Gets the plan, null while there is no Cluster, with what it was made of.</param>
internal sealed class PlanLoop(ClusterObserver observer, Action<ClusterPlan?, ClusterObservation> follow)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        ClusterPlan? plan = null;
        while (true)
        {
            ClusterObservation seen = await observer.NextAsync(null, cancellationToken).ConfigureAwait(false);
            plan = seen.Snapshot is not { } snapshot ? null
                : plan is null ? Planner.Plan(snapshot)
                : seen.Changes.IsEmpty ? plan
                : Planner.Plan(snapshot, plan, seen.Changes);
            follow(plan, seen);
        }
    }
}
