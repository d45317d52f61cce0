using System.Collections.Immutable;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Reading;

/// <summary>A kind that is read.</summary>
/// <param name="Versions">The values of <c>apiVersion</c> that are understood; the first is the one that is written.</param>
/// <param name="Rule">The requirement that describes it.</param>
/// <param name="DefaultNamespace">Null: one must be given. Empty: it has none.</param>
internal sealed record ResourceKind(
    string Name,
    ImmutableArray<string> Versions,
    string Rule,
    string? DefaultNamespace,
    Func<FieldReader, ResourceMetadata, ReadingContext, Resource?> Read)
{
    public static ImmutableArray<ResourceKind> All { get; } =
    [
        new("Cluster", ["baremetal.cluster.gke.io/v1"], "R25", null, ClusterReader.Read),
        new("NetworkGatewayGroup", ["networking.gke.io/v1"], "R26", null, NetworkingReaders.Gateways),
        new("BGPLoadBalancer", ["networking.gke.io/v1"], "R27", null, (root, metadata, _) => NetworkingReaders.LoadBalancer(root, metadata)),
        new("BGPPeer", ["networking.gke.io/v1"], "R28", null, (root, metadata, _) => BgpPeerReader.Read(root, metadata)),
        new("ClusterCIDRConfig", ["baremetal.cluster.gke.io/v1alpha1"], "R29", null, (root, metadata, _) => NetworkingReaders.Cidrs(root, metadata)),
        new("Node", ["v1"], "R19", "", CoreReaders.Node),
        new("Service", ["v1"], "R22", "default", (root, metadata, _) => ServiceReader.Read(root, metadata)),
        new("EndpointSlice", ["discovery.k8s.io/v1", "discovery.k8s.io/v1beta1"], "R23", "default", CoreReaders.EndpointSlice),
        new(SecretReader.Kind, ["v1"], "R28", "default", (root, metadata, _) => SecretReader.Read(root, metadata)),
    ];

    public ImmutableArray<string> Groups => [.. Versions.Select(GroupOf).Distinct()];

    public static string GroupOf(string apiVersion) => apiVersion.Contains('/', StringComparison.Ordinal) ? apiVersion[..apiVersion.IndexOf('/', StringComparison.Ordinal)] : "";
}
