using System.Collections.Frozen;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Control;

/// <summary>The store's operations for resources whose kind is known only as they come, such as those of a file.</summary>
public abstract class ResourceAccess
{
    private static readonly FrozenDictionary<Type, ResourceAccess> s_byType = new Dictionary<Type, ResourceAccess>
    {
        [typeof(ClusterResource)] = new Of<ClusterResource>(),
        [typeof(NetworkGatewayGroupResource)] = new Of<NetworkGatewayGroupResource>(),
        [typeof(BgpLoadBalancerResource)] = new Of<BgpLoadBalancerResource>(),
        [typeof(BgpPeerResource)] = new Of<BgpPeerResource>(),
        [typeof(ClusterCidrConfigResource)] = new Of<ClusterCidrConfigResource>(),
        [typeof(NodeResource)] = new Of<NodeResource>(),
        [typeof(ServiceResource)] = new Of<ServiceResource>(),
        [typeof(EndpointSliceResource)] = new Of<EndpointSliceResource>(),
        [typeof(SecretResource)] = new Of<SecretResource>(),
    }.ToFrozenDictionary();

    /// <exception cref="ArgumentException">The kind is not one that manifests have.</exception>
    public static ResourceAccess For(Resource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return s_byType.GetValueOrDefault(resource.GetType()) ?? throw new ArgumentException($"{resource.GetType().Name} is not a kind that manifests have.", nameof(resource));
    }

    /// <summary>The one with the same kind, namespace and name; null when there is none.</summary>
    public abstract Task<Resource?> GetAsync(IClusterStore store, Resource resource, CancellationToken cancellationToken);

    public abstract Task<Resource> CreateAsync(IClusterStore store, Resource resource, CancellationToken cancellationToken);

    public abstract Task<Resource> UpdateAsync(IClusterStore store, Resource resource, CancellationToken cancellationToken);

    public abstract Task<Resource> UpdateStatusAsync(IClusterStore store, Resource resource, CancellationToken cancellationToken);

    private sealed class Of<T> : ResourceAccess
        where T : Resource
    {
        public override async Task<Resource?> GetAsync(IClusterStore store, Resource resource, CancellationToken cancellationToken) =>
            await store.GetAsync<T>(resource.Metadata.Namespace, resource.Metadata.Name, cancellationToken).ConfigureAwait(false);

        public override async Task<Resource> CreateAsync(IClusterStore store, Resource resource, CancellationToken cancellationToken) =>
            await store.CreateAsync((T)resource, cancellationToken).ConfigureAwait(false);

        public override async Task<Resource> UpdateAsync(IClusterStore store, Resource resource, CancellationToken cancellationToken) =>
            await store.UpdateAsync((T)resource, cancellationToken).ConfigureAwait(false);

        public override async Task<Resource> UpdateStatusAsync(IClusterStore store, Resource resource, CancellationToken cancellationToken) =>
            await store.UpdateStatusAsync((T)resource, cancellationToken).ConfigureAwait(false);
    }
}
