namespace BgpLoadBalancer.StoreContract;

/// <summary>What an old API server may lack; all else is required.</summary>
public enum StoreFeature
{
    /// <summary>Keeps <c>spec.loadBalancerClass</c> of a Service (Kubernetes 1.22 and later).</summary>
    LoadBalancerClass,

    /// <summary>Services of both address families (Kubernetes 1.20 and later, at first behind a feature gate).</summary>
    DualStack,
}
