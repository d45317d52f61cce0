using System.Collections.Immutable;
using System.Net;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Cluster.Documents;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Writing;

/// <summary>Writes the spec of a Cluster.</summary>
internal static class ClusterTree
{
    public static MappingBuilder Spec(ClusterResource cluster)
    {
        LoadBalancerSpec balancer = cluster.LoadBalancer;
        return new MappingBuilder()
            .Text("type", Word(cluster.Type))
            .Add("controlPlane", new MappingBuilder().Add("nodePoolSpec", Nodes(cluster.ControlPlaneNodes)).Build())
            .Add("clusterNetwork", new MappingBuilder()
                .Bool("advancedNetworking", cluster.AdvancedNetworking)
                .Add("services", new MappingBuilder().List("cidrBlocks", cluster.ServiceCidrs).BuildUnlessEmpty())
                .Build())
            .Add("loadBalancer", new MappingBuilder()
                .Text("mode", balancer.Mode)
                .Text("type", balancer.Type == LoadBalancerType.Bgp ? "bgp" : "layer2")
                .Number("localASN", balancer.LocalAsn == 0 ? null : balancer.LocalAsn)
                .List("bgpPeers", balancer.BgpPeers, Peer)
                .Add("ports", new MappingBuilder().Number("controlPlaneLBPort", balancer.ControlPlaneLBPort).Build())
                .Add("vips", new MappingBuilder().Text("controlPlaneVIP", $"{balancer.ControlPlaneVip}").Text("ingressVIP", $"{balancer.IngressVip}").BuildUnlessEmpty())
                .List("addressPools", balancer.AddressPools, Pool)
                .Add("nodePoolSpec", balancer.NodePool is { } pool ? Nodes(pool) : null)
                .Build());
    }

    private static DocumentMapping Nodes(ImmutableArray<IPAddress> nodes) =>
        new MappingBuilder().List("nodes", nodes, node => new MappingBuilder().Text("address", $"{node}").Build(), evenEmpty: true).Build();

    private static DocumentMapping Peer(ControlPlanePeer peer) => new MappingBuilder()
        .Text("ip", $"{peer.Address}")
        .Number("asn", peer.Asn)
        .Number("port", peer.Port == BgpPeerOptions.DefaultPort ? null : peer.Port)
        .List<IPAddress>("controlPlaneNodes", peer.ControlPlaneNodes, evenEmpty: true)
        .Build();

    private static DocumentMapping Pool(AddressPool pool) => new MappingBuilder()
        .Text("name", pool.Name)
        .List("addresses", pool.Addresses, evenEmpty: true)
        .Bool("avoidBuggyIPs", pool.AvoidBuggyIPs ? true : null)
        .Bool("manualAssign", pool.ManualAssign ? true : null)
        .Build();

    private static string Word(ClusterType type) => type switch
    {
        ClusterType.Admin => "admin",
        ClusterType.Hybrid => "hybrid",
        ClusterType.Standalone => "standalone",
        _ => "user",
    };
}
