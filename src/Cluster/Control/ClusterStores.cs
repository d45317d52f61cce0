namespace BgpLoadBalancer.Cluster.Control;

/// <summary>Where the resources of one load-balanced cluster are (R36).</summary>
/// <param name="Configuration">The admin cluster, where people edit; for an agent, and for a self-managed cluster, the same as <paramref name="Workload"/>.</param>
/// <param name="Workload">The user cluster: Nodes, Services, sessions.</param>
/// <param name="Namespace">The cluster's namespace, the same in both.</param>
public sealed record ClusterStores(IClusterStore Configuration, IClusterStore Workload, string Namespace)
{
    /// <summary>One cluster is both: there is nothing to copy.</summary>
    public bool SelfManaged => ReferenceEquals(Configuration, Workload);
}
