using System.Net;
using BgpLoadBalancer.Cluster.Reading;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Validation;

/// <summary>What an address of the configuration is for. Later ones yield: a clash is reported at the later one.</summary>
internal enum AddressUse
{
    Node,
    Peer,
    ControlPlaneVip,
    IngressVip,
    FloatingIP,
}

/// <summary>An address that the configuration names for one purpose, and where.</summary>
internal sealed record UsedAddress(IPAddress Address, AddressUse Use, SourcedResource Source, string Path)
{
    private const int Named = 4;

    public string Words => Use switch
    {
        AddressUse.Node => "a node's address",
        AddressUse.Peer => "a BGP peer's address",
        AddressUse.ControlPlaneVip => "the control plane's virtual IP",
        AddressUse.IngressVip => "the ingress virtual IP",
        _ => "a floating IP",
    };

    /// <summary>The first few of them in words.</summary>
    public static string List(UsedAddress[] addresses)
    {
        string first = string.Join(", ", addresses.Take(Named).Select(address => $"{address.Address} ({address.Words})"));
        return addresses.Length <= Named ? first : $"{first} and {addresses.Length - Named} more";
    }

    public static IEnumerable<UsedAddress> All(ClusterConfiguration configuration)
    {
        foreach (Sourced<ClusterResource> cluster in configuration.Clusters)
        {
            foreach (UsedAddress address in OfCluster(cluster)) yield return address;
        }

        foreach ((NodeResource node, SourcedResource source) in configuration.Nodes)
        {
            IEnumerable<IPAddress> addresses = node.InternalIPs.Concat(node.InterfaceAddresses.Select(prefix => prefix.Address)).Distinct();
            foreach (IPAddress address in addresses) yield return new(address, AddressUse.Node, source, "metadata.name");
        }

        foreach ((BgpPeerResource peer, SourcedResource source) in configuration.Peers) yield return new(peer.PeerIP, AddressUse.Peer, source, "spec.peerIP");
        foreach ((NetworkGatewayGroupResource group, SourcedResource source) in configuration.GatewayGroups)
        {
            for (int i = 0; i < group.FloatingIPs.Length; i++) yield return new(group.FloatingIPs[i], AddressUse.FloatingIP, source, source.Item(Fields.FloatingIPs, i));
        }
    }

    private static IEnumerable<UsedAddress> OfCluster(Sourced<ClusterResource> cluster)
    {
        (ClusterResource resource, SourcedResource source) = cluster;
        LoadBalancerSpec spec = resource.LoadBalancer;
        for (int i = 0; i < resource.ControlPlaneNodes.Length; i++) yield return new(resource.ControlPlaneNodes[i], AddressUse.Node, source, $"{source.Item(Fields.ControlPlaneNodes, i)}.address");
        for (int i = 0; i < (spec.NodePool?.Length ?? 0); i++) yield return new(spec.NodePool!.Value[i], AddressUse.Node, source, $"{source.Item(Fields.NodePool, i)}.address");
        for (int i = 0; i < spec.BgpPeers.Length; i++) yield return new(spec.BgpPeers[i].Address, AddressUse.Peer, source, $"{source.Item(Fields.BgpPeers, i)}.ip");
        if (spec.ControlPlaneVip is { } vip) yield return new(vip, AddressUse.ControlPlaneVip, source, Fields.ControlPlaneVip);
        if (spec.IngressVip is { } ingress) yield return new(ingress, AddressUse.IngressVip, source, Fields.IngressVip);
    }
}
