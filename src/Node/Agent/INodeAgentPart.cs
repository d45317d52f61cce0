using BgpLoadBalancer.Cluster.Planning;

namespace BgpLoadBalancer.Node.Agent;

/// <summary>Something else that an agent does on its node from the same plan, such as caring for the speaker of a control-plane node (R15).</summary>
public interface INodeAgentPart
{
    /// <summary>The plan is another one now. One call at a time, on the loop that everything else waits for: must return soon, and not fail.</summary>
    /// <param name="plan">Null: there is no Cluster, so nothing is planned.</param>
    void Follow(ClusterPlan? plan);

    /// <summary>What is in its way at the moment; null when nothing is. From any thread.</summary>
    string? Problem { get; }

    /// <summary>Works until cancelled. A fault is reported, and after a pause it is called again.</summary>
    Task RunAsync(CancellationToken cancellationToken);
}
