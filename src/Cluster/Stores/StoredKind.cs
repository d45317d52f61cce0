using System.Collections.Frozen;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Stores;

/// <summary>A kind that a store holds.</summary>
/// <param name="Name">As <c>kind</c> has it.</param>
/// <param name="IsNamespaced">Its objects are in namespaces.</param>
public sealed record StoredKind(Type Type, string Name, bool IsNamespaced = true)
{
    private static readonly FrozenDictionary<Type, StoredKind> s_byType = new StoredKind[]
    {
        new(typeof(ClusterResource), "Cluster"),
        new(typeof(NetworkGatewayGroupResource), "NetworkGatewayGroup"),
        new(typeof(BgpLoadBalancerResource), "BGPLoadBalancer"),
        new(typeof(BgpPeerResource), "BGPPeer"),
        new(typeof(ClusterCidrConfigResource), "ClusterCIDRConfig"),
        new(typeof(BgpSessionResource), "BGPSession"),
        new(typeof(BgpAdvertisedRouteResource), "BGPAdvertisedRoute"),
        new(typeof(NodeResource), "Node", IsNamespaced: false),
        new(typeof(ServiceResource), "Service"),
        new(typeof(EndpointSliceResource), "EndpointSlice"),
        new(typeof(SecretResource), "Secret"),
        new(typeof(LeaseResource), "Lease"),
    }.ToFrozenDictionary(kind => kind.Type);

    public static IReadOnlyCollection<StoredKind> All => s_byType.Values;

    /// <exception cref="ArgumentException">The type is not one of <see cref="All"/>.</exception>
    public static StoredKind Of(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return s_byType.GetValueOrDefault(type) ?? throw new ArgumentException($"{type.Name} is not a kind of which a store holds objects.", nameof(type));
    }

    /// <summary>Such as <c>BGPPeer cluster-bm/peer1</c>.</summary>
    public string Title(string resourceNamespace, string name) => Reading.SourcedResource.TitleOf(Name, resourceNamespace, name);
}
