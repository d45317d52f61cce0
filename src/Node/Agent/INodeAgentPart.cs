using BgpLoadBalancer.Cluster.Planning;

namespace BgpLoadBalancer.Node.Agent;

/// <summary>Something else that an agent does on its node from the same plan, such as caring for the speaker of a control-plane node (R15).</summary>
public interface INodeAgentPart
{
    /// <summary>The plan is another one now. One call at a time, on the loop that everything else waits for: must return soon, and not fail.</summary>
    /// <param name="plan">Null: there is no Cluster, so nothing is planned.</param>
    void Follow(ClusterPlan? plan);

    /// <summary>Works until cancelled. A fault ends the agent.</summary>
    Task RunAsync(CancellationToken cancellationToken);
}
