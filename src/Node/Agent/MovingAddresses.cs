using System.Net;
using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Node.Agent;

/// <summary>The addresses that move between nodes, so are no node's own (R19): floating IPs and virtual IPs.</summary>
internal static class MovingAddresses
{
    public static IReadOnlySet<IPAddress> Of(ClusterSnapshot snapshot, ClusterPlan plan)
    {
        HashSet<IPAddress> addresses = [.. snapshot.NetworkGatewayGroup?.FloatingIPs ?? [], .. plan.Services.SelectMany(service => service.Addresses).Select(address => address.Address)];
        LoadBalancerSpec spec = snapshot.Cluster.LoadBalancer;
        if (spec.ControlPlaneVip is { } controlPlane) _ = addresses.Add(controlPlane);
        if (spec.IngressVip is { } ingress) _ = addresses.Add(ingress);
        return addresses;
    }
}
