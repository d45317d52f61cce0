using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.PowerShell.Commands.Clusters;

/// <summary>Tells the kinds that people write for load balancing from Kubernetes' own.</summary>
internal static class ConfigurationKinds
{
    /// <summary>It belongs into the namespace of the cluster.</summary>
    public static bool IsOfCluster(Resource resource) =>
        resource is ClusterResource or NetworkGatewayGroupResource or BgpLoadBalancerResource or BgpPeerResource or ClusterCidrConfigResource;
}
