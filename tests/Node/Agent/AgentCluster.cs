using System.Collections.Immutable;
using System.Net;
using BgpLoadBalancer.Cluster;
using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;

namespace BgpLoadBalancer.Node.Tests.Agent;

/// <summary>A cluster on 127.0.1.0/24 whose nodes are all load-balancer nodes.</summary>
internal static class AgentCluster
{
    public const string Namespace = "cluster-c1";
    public const uint LocalAsn = 65001;
    public const uint RouterAsn = 65002;

    public static IPAddress IP(string text) => IPAddress.Parse(text);

    public static string NodeName(int i) => $"node-{i}";

    public static IPAddress NodeAddress(int i) => new([127, 0, 1, (byte)(10 + i)]);

    public static IPAddress FloatingIP(int i) => new([127, 0, 1, (byte)(100 + i)]);

    public static IPAddress RouterAddress(int i) => new([127, 0, 1, (byte)(1 + i)]);

    public static ResourceMetadata Meta(string name, string space = Namespace) => new() { Name = name, Namespace = space };

    public static BgpPeerResource Peer(int i) => new() { Metadata = Meta($"peer-{i}"), LocalAsn = LocalAsn, PeerAsn = RouterAsn, PeerIP = RouterAddress(i) };

    /// <summary>With its subnets known already, so that floating IPs are spread whichever agent is the first.</summary>
    public static NodeResource Node(int i) => new()
    {
        Metadata = Meta(NodeName(i), "") with { Annotations = ImmutableSortedDictionary<string, string>.Empty.Add(NodeResource.AddressesAnnotation, $"{NodeAddress(i)}/24") },
        InternalIPs = [NodeAddress(i)],
        InterfaceAddresses = [new(NodeAddress(i), 24)],
    };

    public static ServiceResource Service(string name, string? address = null) => new()
    {
        Metadata = Meta(name, "default"),
        IsLoadBalancer = true,
        Addresses = address is null ? [] : [IP(address)],
    };

    public static EndpointSliceResource Slice(string service, int ready = 1) => new() { Metadata = Meta(service + "-1", "default"), ServiceName = service, ReadyEndpoints = ready };

    public static SecretResource Secret(string name, string base64) => new()
    {
        Metadata = Meta(name),
        Data = ImmutableSortedDictionary<string, string>.Empty.Add(SecretResource.PasswordKey, base64),
    };

    /// <summary>Floating IP i is placed on node i mod <paramref name="nodes"/>.</summary>
    public static ClusterSnapshot Snapshot(int nodes, int floatingIPs, int peers, params IEnumerable<ServiceResource> services)
    {
        ImmutableArray<ServiceResource> all = [.. services];
        return new()
        {
            Cluster = new()
            {
                Metadata = Meta("c1"),
                Type = ClusterType.User,
                AdvancedNetworking = true,
                ControlPlaneNodes = [.. Enumerable.Range(0, nodes).Select(NodeAddress)],
                LoadBalancer = new()
                {
                    Type = LoadBalancerType.Bgp,
                    LocalAsn = LocalAsn,
                    BgpPeers = [new(RouterAddress(0), RouterAsn)],
                    ControlPlaneVip = IP("10.9.0.8"),
                    AddressPools = [new("pool1", [AddressRange.TryParse("10.100.0.0/24", out AddressRange range) ? range : default])],
                },
            },
            NetworkGatewayGroup = new()
            {
                Metadata = Meta("default"),
                FloatingIPs = [.. Enumerable.Range(0, floatingIPs).Select(FloatingIP)],
                Status = [.. Enumerable.Range(0, floatingIPs).Select(i => new FloatingIPStatus(FloatingIP(i), NodeName(i % nodes)))],
            },
            BgpLoadBalancer = new() { Metadata = Meta("default") },
            BgpPeers = [.. Enumerable.Range(0, peers).Select(Peer)],
            Nodes = [.. Enumerable.Range(0, nodes).Select(Node)],
            Services = all,
            EndpointSlices = [.. all.Select(service => Slice(service.Metadata.Name))],
            PlacementIsGiven = true,
        };
    }

    /// <summary>Creates every object of the snapshot as a user would: without statuses of ours.</summary>
    public static async Task FillAsync(IClusterStore store, ClusterSnapshot snapshot, CancellationToken cancellationToken)
    {
        _ = await store.CreateAsync(snapshot.Cluster, cancellationToken);
        _ = await store.CreateAsync(snapshot.NetworkGatewayGroup!, cancellationToken);
        _ = await store.CreateAsync(snapshot.BgpLoadBalancer!, cancellationToken);
        foreach (BgpPeerResource peer in snapshot.BgpPeers) _ = await store.CreateAsync(peer, cancellationToken);
        foreach (NodeResource node in snapshot.Nodes)
        {
            NodeResource created = await store.CreateAsync(node, cancellationToken);
            _ = await store.UpdateStatusAsync((NodeResource)ResourceStatus.Take(created, node), cancellationToken);
        }

        foreach (ServiceResource service in snapshot.Services) _ = await store.CreateAsync(service, cancellationToken);
        foreach (EndpointSliceResource slice in snapshot.EndpointSlices) _ = await store.CreateAsync(slice, cancellationToken);
    }
}
