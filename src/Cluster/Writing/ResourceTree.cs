using BgpLoadBalancer.Cluster.Documents;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Writing;

/// <summary>Writes the kinds that people edit as trees. A field with its default value is left out where its absence means the same.</summary>
public static class ResourceTree
{
    /// <exception cref="ArgumentException">The kind is not one that people edit here.</exception>
    public static DocumentMapping Of(Resource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return resource switch
        {
            ClusterResource cluster => Document("baremetal.cluster.gke.io/v1", "Cluster", cluster, ClusterTree.Spec(cluster)),
            NetworkGatewayGroupResource group => Document("networking.gke.io/v1", "NetworkGatewayGroup", group, new MappingBuilder().List("floatingIPs", group.FloatingIPs, evenEmpty: true), Status(group)),
            BgpLoadBalancerResource balancer => Document("networking.gke.io/v1", "BGPLoadBalancer", balancer, new MappingBuilder().Texts("peerSelector", balancer.PeerSelector, evenEmpty: true)),
            BgpPeerResource peer => Document("networking.gke.io/v1", "BGPPeer", peer, Spec(peer)),
            ClusterCidrConfigResource config => Document("baremetal.cluster.gke.io/v1alpha1", "ClusterCIDRConfig", config, new MappingBuilder().Add("ipv4", Cidr(config.IPv4)).Add("ipv6", Cidr(config.IPv6))),
            _ => throw new ArgumentException($"{resource.GetType().Name} is not a kind that is written here.", nameof(resource)),
        };
    }

    /// <summary>Whether objects of the kind are written as a whole, as documents of their own.</summary>
    public static bool Writes(Resource resource) =>
        resource is ClusterResource or NetworkGatewayGroupResource or BgpLoadBalancerResource or BgpPeerResource or ClusterCidrConfigResource;

    /// <summary>What a change of the object can change in its document: of kinds that people do not edit here, metadata and the addresses of a Service.</summary>
    internal static DocumentMapping Changeable(Resource resource) => Writes(resource)
        ? Of(resource)
        : new MappingBuilder().Add("metadata", Metadata(resource.Metadata)).Add("status", resource is ServiceResource service ? Status(service) : null).Build();

    private static DocumentMapping Document(string version, string kind, Resource resource, MappingBuilder spec, DocumentMapping? status = null) => new MappingBuilder()
        .Add("apiVersion", new DocumentScalar(version, isPlain: false))
        .Add("kind", new DocumentScalar(kind, isPlain: false))
        .Add("metadata", Metadata(resource.Metadata))
        .Add("spec", spec.Build())
        .Add("status", status)
        .Build();

    private static DocumentMapping Metadata(ResourceMetadata metadata) => new MappingBuilder()
        .Text("name", metadata.Name)
        .Text("namespace", metadata.Namespace)
        .Text("uid", metadata.Uid)
        .Text("resourceVersion", metadata.ResourceVersion)
        .Texts("labels", metadata.Labels)
        .Texts("annotations", metadata.Annotations)
        .Build();

    private static DocumentMapping? Status(NetworkGatewayGroupResource group) => new MappingBuilder()
        .List("floatingIPs", group.Status, status => new MappingBuilder().Text("address", $"{status.Address}").Text("node", status.Node).Text("reason", status.Reason).Build())
        .BuildUnlessEmpty();

    private static DocumentMapping? Status(ServiceResource service)
    {
        DocumentMapping? ingress = new MappingBuilder().List("ingress", service.Addresses, address => new MappingBuilder().Text("ip", $"{address}").Build()).BuildUnlessEmpty();
        return new MappingBuilder().Add("loadBalancer", ingress).BuildUnlessEmpty();
    }

    private static MappingBuilder Spec(BgpPeerResource peer) => new MappingBuilder()
        .Number("localASN", peer.LocalAsn)
        .Number("peerASN", peer.PeerAsn)
        .Text("peerIP", $"{peer.PeerIP}")
        .Number("sessions", peer.Sessions)
        .Number("peerPort", peer.PeerPort)
        .Number("holdTime", peer.HoldTime)
        .Number("keepaliveTime", peer.KeepaliveTime)
        .Number("connectRetryTime", peer.ConnectRetryTime)
        .Bool("ttlSecurity", peer.TtlSecurity)
        .Text("password", peer.PasswordSecret)
        .Bool("gracefulRestart", peer.GracefulRestart)
        .List("communities", peer.Communities)
        .List("largeCommunities", peer.LargeCommunities)
        .Number("med", peer.Med)
        .Number("prepend", peer.Prepend);

    private static DocumentMapping? Cidr(PodCidr? cidr) =>
        cidr is null ? null : new MappingBuilder().Text("cidr", $"{cidr.Cidr}").Number("perNodeMaskSize", cidr.PerNodeMaskSize).Build();
}
