using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Bgp.Routes;
using BgpLoadBalancer.Cluster.Planning;

namespace BgpLoadBalancer.Node.Agent.Routes;

/// <summary>Announces what the plan announces, the same to every peer (R8, R10). Not synchronized: for one loop.</summary>
internal sealed class NodeRoutes(BgpSpeaker speaker)
{
    private readonly SharedPathSets _paths = new();
    private ClusterPlan? _plan;

    /// <param name="plan">Null: nothing is announced any more.</param>
    public void Follow(ClusterPlan? plan)
    {
        List<RouteChange> changes = RouteDifference.Between(_plan, plan, _paths);
        if (changes.Count > 0) speaker.ApplyRoutes(changes);
        // Not before: what was not taken is still to be done.
        _plan = plan;
    }
}
