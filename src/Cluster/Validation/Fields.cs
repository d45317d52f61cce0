namespace BgpLoadBalancer.Cluster.Validation;

/// <summary>Paths that several rules name.</summary>
internal static class Fields
{
    public const string LoadBalancer = "spec.loadBalancer";
    public const string BgpPeers = "spec.loadBalancer.bgpPeers";
    public const string Pools = "spec.loadBalancer.addressPools";
    public const string LocalAsn = "spec.loadBalancer.localASN";
    public const string ControlPlaneVip = "spec.loadBalancer.vips.controlPlaneVIP";
    public const string IngressVip = "spec.loadBalancer.vips.ingressVIP";
    public const string ControlPlaneNodes = "spec.controlPlane.nodePoolSpec.nodes";
    public const string NodePool = "spec.loadBalancer.nodePoolSpec.nodes";
    public const string FloatingIPs = "spec.floatingIPs";
}
