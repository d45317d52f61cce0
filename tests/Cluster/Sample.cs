using System.Collections.Immutable;
using System.Net;
using BgpLoadBalancer.Cluster.Reading;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Tests;

/// <summary>A small configuration without a finding but the note about subnets.</summary>
internal static class Sample
{
    public static ClusterResource Cluster { get; } = new()
    {
        Metadata = Named("bm"),
        Type = ClusterType.User,
        AdvancedNetworking = true,
        ControlPlaneNodes = [IPAddress.Parse("10.0.1.10"), IPAddress.Parse("10.0.1.11")],
        LoadBalancer = new()
        {
            Type = LoadBalancerType.Bgp,
            LocalAsn = 65001,
            BgpPeers = [new(IPAddress.Parse("10.8.0.10"), 65002), new(IPAddress.Parse("10.8.0.11"), 65002)],
            ControlPlaneVip = IPAddress.Parse("10.0.0.8"),
            IngressVip = IPAddress.Parse("10.0.0.1"),
            AddressPools = [new("pool1", [Range("10.0.0.1-10.0.0.4")])],
        },
    };

    public static NetworkGatewayGroupResource Gateways { get; } = new() { Metadata = Named("default"), FloatingIPs = [IPAddress.Parse("10.0.1.100"), IPAddress.Parse("10.0.1.101")] };

    public static BgpPeerResource Peer(string name, string address) =>
        new() { Metadata = Named(name), LocalAsn = 65001, PeerAsn = 65003, PeerIP = IPAddress.Parse(address), Sessions = 2 };

    public static ResourceMetadata Named(string name) => new() { Name = name, Namespace = "cluster-bm" };

    public static AddressRange Range(string text) => AddressRange.TryParse(text, out AddressRange range) ? range : throw new FormatException(text);

    public static ImmutableArray<SourcedResource> Of(params IEnumerable<Resource> resources) => [.. resources.Select(SourcedResource.Of)];
}
