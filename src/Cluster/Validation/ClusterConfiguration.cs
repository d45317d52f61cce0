using System.Collections.Immutable;
using BgpLoadBalancer.Cluster.Reading;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Validation;

/// <summary>A resource of one kind with its source.</summary>
public readonly record struct Sourced<T>(T Resource, SourcedResource Source)
    where T : Resource;

/// <summary>All resources of one cluster, sorted by kind, for the rules.</summary>
public sealed class ClusterConfiguration
{
    public ClusterConfiguration(ImmutableArray<SourcedResource> resources)
    {
        Resources = resources;
        Clusters = Of<ClusterResource>();
        GatewayGroups = Of<NetworkGatewayGroupResource>();
        LoadBalancers = Of<BgpLoadBalancerResource>();
        Peers = Of<BgpPeerResource>();
        CidrConfigs = Of<ClusterCidrConfigResource>();
        Nodes = Of<NodeResource>();
        Services = Of<ServiceResource>();
    }

    public ImmutableArray<SourcedResource> Resources { get; }

    public ImmutableArray<Sourced<ClusterResource>> Clusters { get; }

    public ImmutableArray<Sourced<NetworkGatewayGroupResource>> GatewayGroups { get; }

    public ImmutableArray<Sourced<BgpLoadBalancerResource>> LoadBalancers { get; }

    public ImmutableArray<Sourced<BgpPeerResource>> Peers { get; }

    public ImmutableArray<Sourced<ClusterCidrConfigResource>> CidrConfigs { get; }

    public ImmutableArray<Sourced<NodeResource>> Nodes { get; }

    public ImmutableArray<Sourced<ServiceResource>> Services { get; }

    /// <summary>The cluster that the others belong to; null when there is none.</summary>
    public Sourced<ClusterResource>? Cluster => Clusters.IsEmpty ? null : Clusters[0];

    private ImmutableArray<Sourced<T>> Of<T>()
        where T : Resource => [.. Resources.Where(source => source.Resource is T).Select(source => new Sourced<T>((T)source.Resource, source))];
}
