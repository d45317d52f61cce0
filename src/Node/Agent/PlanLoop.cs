using BgpLoadBalancer.Cluster.Control.Observation;
using BgpLoadBalancer.Cluster.Planning;

namespace BgpLoadBalancer.Node.Agent;

/// <summary>
/// Plans whenever the cluster has changed, and hands every plan on. While nothing can be seen of the cluster, the last plan stands (R24). May begin again after a fault.
/// </summary>
/// <param name="follow">Gets the plan, null while there is no Cluster, with what it was made of.</param>
internal sealed class PlanLoop(ClusterObserver observer, Action<ClusterPlan?, ClusterObservation> follow)
{
    // The last one that everybody took, and so what must not be lost by a fault (R23).
    private ClusterPlan? _plan;
    private bool _failed;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            ClusterObservation seen = await observer.NextAsync(_failed ? TimeSpan.Zero : null, cancellationToken).ConfigureAwait(false);
            // After a fault it is not known any more what has changed since the last plan.
            bool anew = _failed;
            _failed = true;
            ClusterPlan? plan = seen.Snapshot is not { } snapshot ? null
                : _plan is null ? Planner.Resume(snapshot)
                : anew ? Planner.Plan(snapshot, _plan)
                : seen.Changes.IsEmpty ? _plan
                : Planner.Plan(snapshot, _plan, seen.Changes);
            follow(plan, seen);
            _plan = plan;
            _failed = false;
        }
    }
}
