using System.Collections.Immutable;
using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;

namespace BgpLoadBalancer.Cluster.Control;

/// <summary>
/// Lists from a store everything that a plan is made of. An agent that has given its node's Lease back is gone (R23); that a Lease has run out only
/// those see who watch it, by their own clocks, so a node whose agent died without a word counts as living here unless the caller knows better.
/// </summary>
public static class SnapshotReader
{
    // The only names that are read (R26, R27).
    private const string Default = "default";

    /// <param name="clusterNamespace">Where the Cluster and its load balancing resources are; Services are read in all namespaces.</param>
    /// <param name="nodesWithoutLease">Nodes of which a leading controller knows that their Lease has run out (<see cref="ControllerStatus"/>); null without one.</param>
    /// <returns>Null when the namespace has no Cluster, so that there is nothing to plan.</returns>
    /// <exception cref="ClusterStoreException">The store did not answer.</exception>
    public static async Task<ClusterSnapshot?> ReadAsync(IClusterStore store, string clusterNamespace, CancellationToken cancellationToken, ImmutableHashSet<string>? nodesWithoutLease = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        ImmutableArray<ClusterResource> clusters = await ListAsync<ClusterResource>(store, clusterNamespace, cancellationToken).ConfigureAwait(false);
        if (clusters.IsEmpty) return null;
        return new()
        {
            Cluster = clusters.MinBy(cluster => cluster.Metadata.Name, StringComparer.Ordinal)!,
            NetworkGatewayGroup = await store.GetAsync<NetworkGatewayGroupResource>(clusterNamespace, Default, cancellationToken).ConfigureAwait(false),
            BgpLoadBalancer = await store.GetAsync<BgpLoadBalancerResource>(clusterNamespace, Default, cancellationToken).ConfigureAwait(false),
            BgpPeers = await ListAsync<BgpPeerResource>(store, clusterNamespace, cancellationToken).ConfigureAwait(false),
            Nodes = await ListAsync<NodeResource>(store, null, cancellationToken).ConfigureAwait(false),
            Services = await ListAsync<ServiceResource>(store, null, cancellationToken).ConfigureAwait(false),
            EndpointSlices = await ListAsync<EndpointSliceResource>(store, null, cancellationToken).ConfigureAwait(false),
            NodesWithoutLease = GivenBack(await ListAsync<LeaseResource>(store, LeaseNames.SystemNamespace, cancellationToken).ConfigureAwait(false)).Union(nodesWithoutLease ?? []),
        };
    }

    private static ImmutableHashSet<string> GivenBack(ImmutableArray<LeaseResource> leases) =>
        [.. leases.Where(lease => string.IsNullOrEmpty(lease.Holder)).Select(lease => LeaseNames.NodeOf(lease.Metadata.Name)).OfType<string>()];

    private static async Task<ImmutableArray<T>> ListAsync<T>(IClusterStore store, string? resourceNamespace, CancellationToken cancellationToken)
        where T : Resource => (await store.ListAsync<T>(resourceNamespace, cancellationToken).ConfigureAwait(false)).Items;
}
