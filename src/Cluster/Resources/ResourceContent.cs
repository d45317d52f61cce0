using System.Collections.Immutable;

namespace BgpLoadBalancer.Cluster.Resources;

/// <summary>
/// Compares resources by what they say. Records compare their lists and maps by reference; here those of one are first put in
/// the place of the other's equal ones, and the records' own comparison does the rest, so a new plain field needs no change here.
/// </summary>
public static class ResourceContent
{
    /// <summary>Same kind and same in everything, UID and resource version included.</summary>
    public static bool Same(Resource? left, Resource? right) =>
        ReferenceEquals(left, right) || (left is not null && right is not null && Share(left, right).Equals(right));

    /// <summary>The same resource, made of the other's parts where those say the same.</summary>
    public static Resource Share(Resource resource, Resource other)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(other);
        if (resource.GetType() != other.GetType()) return resource;
        return Fields(resource, other) with { Metadata = Share(resource.Metadata, other.Metadata) };
    }

    private static Resource Fields(Resource resource, Resource other) => (resource, other) switch
    {
        (ClusterResource a, ClusterResource b) => a with
        {
            ServiceCidrs = Share(a.ServiceCidrs, b.ServiceCidrs),
            ControlPlaneNodes = Share(a.ControlPlaneNodes, b.ControlPlaneNodes),
            LoadBalancer = Share(a.LoadBalancer, b.LoadBalancer),
        },
        (NetworkGatewayGroupResource a, NetworkGatewayGroupResource b) => a with { FloatingIPs = Share(a.FloatingIPs, b.FloatingIPs), Status = Share(a.Status, b.Status) },
        (BgpLoadBalancerResource a, BgpLoadBalancerResource b) => a with { PeerSelector = Share(a.PeerSelector, b.PeerSelector) },
        (BgpPeerResource a, BgpPeerResource b) => a with { Communities = Share(a.Communities, b.Communities), LargeCommunities = Share(a.LargeCommunities, b.LargeCommunities) },
        (BgpSessionResource { Status: { } a } session, BgpSessionResource { Status: { } b }) => session with { Status = a with { AdvertisedRoutes = Share(a.AdvertisedRoutes, b.AdvertisedRoutes) } },
        (BgpAdvertisedRouteResource a, BgpAdvertisedRouteResource b) => a with { NextHops = Share(a.NextHops, b.NextHops) },
        (NodeResource a, NodeResource b) => a with { InternalIPs = Share(a.InternalIPs, b.InternalIPs), InterfaceAddresses = Share(a.InterfaceAddresses, b.InterfaceAddresses) },
        (ServiceResource a, ServiceResource b) => a with { Addresses = Share(a.Addresses, b.Addresses) },
        (SecretResource a, SecretResource b) => a with { Data = Share(a.Data, b.Data) },
        _ => resource,
    };

    private static ResourceMetadata Share(ResourceMetadata metadata, ResourceMetadata other) =>
        metadata with { Labels = Share(metadata.Labels, other.Labels), Annotations = Share(metadata.Annotations, other.Annotations) };

    private static LoadBalancerSpec Share(LoadBalancerSpec spec, LoadBalancerSpec other) => spec with
    {
        BgpPeers = Share(spec.BgpPeers, other.BgpPeers, (a, b) => a with { ControlPlaneNodes = Share(a.ControlPlaneNodes, b.ControlPlaneNodes) }),
        AddressPools = Share(spec.AddressPools, other.AddressPools, (a, b) => a with { Addresses = Share(a.Addresses, b.Addresses) }),
        NodePool = Share(spec.NodePool, other.NodePool),
    };

    private static ImmutableArray<T> Share<T>(ImmutableArray<T> list, ImmutableArray<T> other, Func<T, T, T>? share = null)
    {
        if (list.IsDefaultOrEmpty || other.IsDefaultOrEmpty) return list.IsDefaultOrEmpty && other.IsDefaultOrEmpty ? other : list;
        IEnumerable<T> shared = share is null ? list : list.Zip(other, share);
        return list.Length == other.Length && shared.SequenceEqual(other) ? other : list;
    }

    private static ImmutableArray<T>? Share<T>(ImmutableArray<T>? list, ImmutableArray<T>? other) => list is { } a && other is { } b ? Share(a, b) : list;

    private static ImmutableSortedDictionary<string, string> Share(ImmutableSortedDictionary<string, string> map, ImmutableSortedDictionary<string, string> other) =>
        ReferenceEquals(map, other) || (map.Count == other.Count && map.SequenceEqual(other)) ? other : map;
}
