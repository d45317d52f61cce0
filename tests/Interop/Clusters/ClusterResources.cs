using System.Net;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;
using BgpLoadBalancer.Interop.Tests.Lab;

namespace BgpLoadBalancer.Interop.Tests.Clusters;

/// <summary>What is declared of the cluster in the lab: three control-plane nodes, two floating IPs, two peers, one service.</summary>
internal static class ClusterResources
{
    public const string Namespace = "cluster-lab";

    public static IPAddress Vip { get; } = IPAddress.Parse("203.0.113.1");

    public static IPAddress ControlPlaneVip { get; } = IPAddress.Parse("203.0.113.200");

    public static IReadOnlyList<IPAddress> FloatingIPs { get; } = [IPAddress.Parse("10.1.0.50"), IPAddress.Parse("10.1.0.51")];

    public static IReadOnlyList<IPAddress> Routers { get; } = [IPAddress.Parse("10.1.0.1"), IPAddress.Parse("10.1.0.2")];

    public static string NodeName(int node) => $"node-{node + 1}";

    public static async Task<ManifestClusterStore> CreateStoreAsync(int nodes)
    {
        ManifestClusterStore store = new(new() { Seed = 1 });
        IPAddress[] addresses = [.. Enumerable.Range(0, nodes).Select(RouterLab.NodeAddress)];
        await CreateAsync(store, new ClusterResource
        {
            Metadata = Meta("lab"),
            Type = ClusterType.User,
            AdvancedNetworking = true,
            ControlPlaneNodes = [.. addresses],
            LoadBalancer = new()
            {
                Type = LoadBalancerType.Bgp,
                LocalAsn = RouterLab.NodeAsn,
                BgpPeers = [.. Routers.Select(router => new ControlPlanePeer(router, RouterLab.RouterAsn))],
                ControlPlaneVip = ControlPlaneVip,
                AddressPools = [new("pool1", [Range("203.0.113.1-203.0.113.9")])],
            },
        });
        await CreateAsync(store, new NetworkGatewayGroupResource { Metadata = Meta("default"), FloatingIPs = [.. FloatingIPs] });
        for (int i = 0; i < nodes; i++)
        {
            NodeResource node = new() { Metadata = Meta(NodeName(i), "") };
            NodeResource created = await store.CreateAsync(node, Token);
            _ = await store.UpdateStatusAsync(created with { InternalIPs = [addresses[i]], Ready = true }, Token);
        }

        await CreateAsync(store, new ServiceResource { Metadata = Meta("web", "default"), IsLoadBalancer = true, RequestedAddress = Vip.ToString() });
        await CreateAsync(store, new EndpointSliceResource { Metadata = Meta("web-1", "default"), ServiceName = "web", ReadyEndpoints = nodes });
        return store;
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static AddressRange Range(string text) => AddressRange.TryParse(text, out AddressRange range) ? range : throw new FormatException(text);

    private static Task<T> CreateAsync<T>(ManifestClusterStore store, T resource)
        where T : Resource => store.CreateAsync(resource, Token);

    private static ResourceMetadata Meta(string name, string resourceNamespace = Namespace) => new() { Name = name, Namespace = resourceNamespace };
}
