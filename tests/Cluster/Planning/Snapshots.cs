using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Tests.Planning;

/// <summary>Clusters made in code: a few words give a whole one.</summary>
internal static class Snapshots
{
    public static IPAddress IP(string text) => IPAddress.Parse(text);

    public static ResourceMetadata Meta(string name, string space = "") => new() { Name = name, Namespace = space };

    public static AddressRange Range(string text) => AddressRange.TryParse(text, out AddressRange range) ? range : throw new FormatException(text);

    public static AddressPool Pool(string name, params string[] ranges) => new(name, [.. ranges.Select(Range)]);

    /// <summary>Node <c>node-i</c>, 10.0.(i / 100 + 1).(i mod 100 + 10) in a /24, with an IPv6 address beside it.</summary>
    public static NodeResource Node(int i) => new()
    {
        Metadata = Meta(string.Create(CultureInfo.InvariantCulture, $"node-{i:000}")),
        InternalIPs = [NodeAddress(i)],
        InterfaceAddresses = [new(NodeAddress(i), 24), new(IP(string.Create(CultureInfo.InvariantCulture, $"2001:db8::{i + 16:x}")), 64)],
    };

    public static IPAddress NodeAddress(int i) => new([10, 0, (byte)((i / 100) + 1), (byte)((i % 100) + 10)]);

    public static IPAddress FloatingIP(int i) => new([10, 0, 1, (byte)(150 + i)]);

    public static BgpPeerResource Peer(int i, int? sessions = 2) => new()
    {
        Metadata = Meta(string.Create(CultureInfo.InvariantCulture, $"peer-{i}"), "cluster-c1"),
        LocalAsn = 65001,
        PeerAsn = 65002,
        PeerIP = new([10, 0, 200, (byte)(i + 1)]),
        Sessions = sessions,
    };

    public static ServiceResource Service(string name, string space = "default") => new() { Metadata = Meta(name, space), IsLoadBalancer = true };

    public static EndpointSliceResource Slice(ServiceResource service, int ready = 1) => new()
    {
        Metadata = Meta(service.Metadata.Name + "-1", service.Metadata.Namespace),
        ServiceName = service.Metadata.Name,
        ReadyEndpoints = ready,
    };

    /// <summary>Load-balancer nodes, all in the pool; BGPPeers that a BGPLoadBalancer selects; ready services.</summary>
    public static ClusterSnapshot Cluster(int nodes, int floatingIPs, int peers, params IEnumerable<ServiceResource> services)
    {
        ImmutableArray<ServiceResource> all = [.. services];
        return new ClusterSnapshot
        {
            Cluster = new ClusterResource
            {
                Metadata = Meta("c1", "cluster-c1"),
                Type = ClusterType.User,
                AdvancedNetworking = true,
                ControlPlaneNodes = [NodeAddress(0)],
                LoadBalancer = new LoadBalancerSpec
                {
                    Type = LoadBalancerType.Bgp,
                    LocalAsn = 65001,
                    BgpPeers = [new(IP("10.0.1.254"), 65002)],
                    ControlPlaneVip = IP("10.9.0.8"),
                    AddressPools = [Pool("pool1", "10.100.0.0/16", "2001:db8:100::/112")],
                    NodePool = [.. Enumerable.Range(0, nodes).Select(NodeAddress)],
                },
            },
            NetworkGatewayGroup = new NetworkGatewayGroupResource { Metadata = Meta("default", "cluster-c1"), FloatingIPs = [.. Enumerable.Range(0, floatingIPs).Select(FloatingIP)] },
            BgpLoadBalancer = new BgpLoadBalancerResource { Metadata = Meta("default", "cluster-c1") },
            BgpPeers = [.. Enumerable.Range(0, peers).Select(i => Peer(i))],
            Nodes = [.. Enumerable.Range(0, nodes).Select(Node)],
            Services = all,
            EndpointSlices = [.. all.Select(service => Slice(service))],
        };
    }

    public static IEnumerable<ServiceResource> Services(int count) => Enumerable.Range(0, count).Select(i => Service(string.Create(CultureInfo.InvariantCulture, $"service-{i:00000}")));

    public static ClusterSnapshot With(this ClusterSnapshot snapshot, Func<LoadBalancerSpec, LoadBalancerSpec> change) =>
        snapshot with { Cluster = snapshot.Cluster with { LoadBalancer = change(snapshot.Cluster.LoadBalancer) } };

    public static ClusterSnapshot WithNode(this ClusterSnapshot snapshot, int index, Func<NodeResource, NodeResource> change) =>
        snapshot with { Nodes = snapshot.Nodes.SetItem(index, change(snapshot.Nodes[index])) };

    public static ClusterSnapshot WithFloatingIPs(this ClusterSnapshot snapshot, params IEnumerable<IPAddress> addresses) =>
        snapshot with { NetworkGatewayGroup = snapshot.NetworkGatewayGroup! with { FloatingIPs = [.. addresses] } };
}
