using System.Collections.Immutable;
using BgpLoadBalancer.Cluster.Reading;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;

namespace BgpLoadBalancer.Cluster.Control;

/// <summary>Lists from a store everything that the rules look at.</summary>
public static class ConfigurationReader
{
    /// <param name="clusterNamespace">Where the Cluster and its load balancing resources are.</param>
    /// <exception cref="ClusterStoreException">The store did not answer.</exception>
    public static async Task<ImmutableArray<SourcedResource>> ReadAsync(IClusterStore store, string clusterNamespace, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ImmutableArray<SourcedResource>.Builder all = ImmutableArray.CreateBuilder<SourcedResource>();
        await AddAsync<ClusterResource>(store, clusterNamespace, all, cancellationToken).ConfigureAwait(false);
        await AddAsync<NetworkGatewayGroupResource>(store, clusterNamespace, all, cancellationToken).ConfigureAwait(false);
        await AddAsync<BgpLoadBalancerResource>(store, clusterNamespace, all, cancellationToken).ConfigureAwait(false);
        await AddAsync<BgpPeerResource>(store, clusterNamespace, all, cancellationToken).ConfigureAwait(false);
        await AddAsync<ClusterCidrConfigResource>(store, clusterNamespace, all, cancellationToken).ConfigureAwait(false);
        await AddAsync<NodeResource>(store, null, all, cancellationToken).ConfigureAwait(false);
        await AddAsync<ServiceResource>(store, null, all, cancellationToken).ConfigureAwait(false);
        return all.DrainToImmutable();
    }

    private static async Task AddAsync<T>(IClusterStore store, string? resourceNamespace, ImmutableArray<SourcedResource>.Builder all, CancellationToken cancellationToken)
        where T : Resource
    {
        ResourceList<T> list = await store.ListAsync<T>(resourceNamespace, cancellationToken).ConfigureAwait(false);
        all.AddRange(list.Items.Select(SourcedResource.Of));
    }
}
