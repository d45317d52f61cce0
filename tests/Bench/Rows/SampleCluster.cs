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
    public static (ClusterSnapshot Snapshot, ChangedKey Key) Change(ClusterSnapshot snapshot, int service, int ready) =>
        (snapshot with { EndpointSlices = snapshot.EndpointSlices.SetItem(service, Slice(snapshot.Services[service], ready)) }, ChangedKey.Of(snapshot.Services[service]));

    /// <summary>One more service, somewhere among the others by name.</summary>
    public static (ClusterSnapshot Snapshot, ChangedKey Key) Add(ClusterSnapshot snapshot, int number)
    {
        ServiceResource service = new() { Metadata = Named(string.Create(CultureInfo.InvariantCulture, $"service-{number * 97 % Services:00000}-more"), "default"), IsLoadBalancer = true };
        return (snapshot with { Services = snapshot.Services.Add(service), EndpointSlices = snapshot.EndpointSlices.Add(Slice(service, ready: 2)) }, ChangedKey.Of(service));
    }

    /// <summary>Without what <see cref="Add"/> added.</summary>
    public static (ClusterSnapshot Snapshot, ChangedKey Key) RemoveLast(ClusterSnapshot snapshot) =>
        (snapshot with { Services = snapshot.Services.RemoveAt(snapshot.Services.Length - 1), EndpointSlices = snapshot.EndpointSlices.RemoveAt(snapshot.EndpointSlices.Length - 1) }, ChangedKey.Of(snapshot.Services[^1]));

    /// <summary>A service's status holds what a plan gave it.</summary>
    public static (ClusterSnapshot Snapshot, ChangedKey Key) Hold(ClusterSnapshot snapshot, ClusterPlan plan, int service)
    {
        ServiceResource before = snapshot.Services[service];
        PlannedService planned = plan.Services.First(candidate => candidate.Name == before.Metadata.Name);
        return (snapshot with { Services = snapshot.Services.SetItem(service, before with { Addresses = [.. planned.Addresses.Select(address => address.Address)] }) }, ChangedKey.Of(before));
    }

    public static (ClusterSnapshot Snapshot, ChangedKey Key) AddPool(ClusterSnapshot snapshot)
    {
        _ = AddressRange.TryParse("10.101.0.0/24", out AddressRange range);
        return (WithPools(snapshot, pools => pools.Add(new("pool2", [range]))), ChangedKey.Other);
    }

    public static (ClusterSnapshot Snapshot, ChangedKey Key) RemovePool(ClusterSnapshot snapshot) => (WithPools(snapshot, pools => pools.RemoveAt(pools.Length - 1)), ChangedKey.Other);

    private static ClusterSnapshot WithPools(ClusterSnapshot snapshot, Func<ImmutableArray<AddressPool>, ImmutableArray<AddressPool>> change) =>
        snapshot with { Cluster = snapshot.Cluster with { LoadBalancer = snapshot.Cluster.LoadBalancer with { AddressPools = change(snapshot.Cluster.LoadBalancer.AddressPools) } } };

    private static EndpointSliceResource Slice(ServiceResource service, int ready) =>
        new() { Metadata = Named(service.Metadata.Name + "-1", "default"), ServiceName = service.Metadata.Name, ReadyEndpoints = ready };

    private static IPAddress NodeAddress(int i) => new([10, 0, 1, (byte)(i + 10)]);

    private static ResourceMetadata Named(string name, string space) => new() { Name = name, Namespace = space };
}
