namespace BgpLoadBalancer.Cluster.Control.Observation;

/// <summary>How an observer looks at a cluster.</summary>
public sealed record ObserverSettings
{
    /// <summary>How long a node counts as healthy whose agent has not yet shown a Lease (R23).</summary>
    public TimeSpan NodeLeaseDuration { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>See <see cref="Planning.ClusterSnapshot.PlacementIsGiven"/>.</summary>
    public bool PlacementIsGiven { get; init; }

    /// <summary>For who makes the placement: for <see cref="NodeLeaseDuration"/> at most it knows of nodes that are still to say which subnets they are in (<see cref="Planning.ClusterSnapshot.NodesAwaited"/>).</summary>
    public bool AwaitsSubnets { get; init; }

    /// <summary>See <see cref="Planning.ClusterSnapshot.WithdrawWithoutEndpoints"/>.</summary>
    public bool WithdrawWithoutEndpoints { get; init; } = true;

    /// <summary>Sees the Secrets of the cluster's namespace too: for an agent, which needs the passwords of peers (R28).</summary>
    public bool Secrets { get; init; }
}
