using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Bench.Rows;

/// <summary>The cluster that planning is measured on: 10,000 services, 100 load-balancer nodes, 8 floating IPs and 4 peers.</summary>
internal static class SampleCluster
{
    public const int Services = 10_000;
    public const int Nodes = 100;
    private const uint Asn = 65_001;

    public static ClusterSnapshot Make()
    {
        _ = AddressRange.TryParse("10.100.0.0/16", out AddressRange range);
        ImmutableArray<ServiceResource> services = [.. Enumerable.Range(0, Services).Select(i => new ServiceResource
        {
            Metadata = Named(string.Create(CultureInfo.InvariantCulture, $"service-{i * 7_919 % Services:00000}"), "default"),
            IsLoadBalancer = true,
        })];
        return new ClusterSnapshot
        {
            Cluster = new ClusterResource
            {
                Metadata = Named("bench", "cluster-bench"),
                Type = ClusterType.User,
                AdvancedNetworking = true,
                ControlPlaneNodes = [.. Enumerable.Range(0, 3).Select(NodeAddress)],
                LoadBalancer = new()
                {
                    Type = LoadBalancerType.Bgp,
                    LocalAsn = Asn,
                    BgpPeers = [.. Enumerable.Range(0, 4).Select(i => new ControlPlanePeer(new([10, 0, 2, (byte)(i + 1)]), 65_002))],
                    ControlPlaneVip = new([10, 9, 0, 8]),
                    AddressPools = [new("pool1", [range])],
                    NodePool = [.. Enumerable.Range(0, Nodes).Select(NodeAddress)],
                },
            },
            NetworkGatewayGroup = new() { Metadata = Named("default", "cluster-bench"), FloatingIPs = [.. Enumerable.Range(0, 8).Select(i => new IPAddress([10, 0, 1, (byte)(200 + i)]))] },
            Nodes = [.. Enumerable.Range(0, Nodes).Select(i => new NodeResource
            {
                Metadata = Named(string.Create(CultureInfo.InvariantCulture, $"node-{i:000}"), ""),
                InternalIPs = [NodeAddress(i)],
                InterfaceAddresses = [new(NodeAddress(i), 24)],
            })],
            Services = services,
            EndpointSlices = [.. services.Select(service => Slice(service, ready: 2))],
        };
    }

    /// <summary>The same with the endpoints of one service changed.</summary>
    public static ClusterSnapshot Change(ClusterSnapshot snapshot, int service, int ready) =>
        snapshot with { EndpointSlices = snapshot.EndpointSlices.SetItem(service, Slice(snapshot.Services[service], ready)) };

    private static EndpointSliceResource Slice(ServiceResource service, int ready) =>
        new() { Metadata = Named(service.Metadata.Name + "-1", "default"), ServiceName = service.Metadata.Name, ReadyEndpoints = ready };

    private static IPAddress NodeAddress(int i) => new([10, 0, 1, (byte)(i + 10)]);

    private static ResourceMetadata Named(string name, string space) => new() { Name = name, Namespace = space };
}
