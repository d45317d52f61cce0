namespace BgpLoadBalancer.Cluster.Planning;

/// <summary>Why something is not announced, not assigned, short, or otherwise not as one might expect.</summary>
public enum PlanReasonCode
{
    // The cluster.
    NotBgp,
    AdminCluster,
    NoPeer,
    NoPeerSelected,
    NoUsablePeer,
    NoFloatingIP,
    NoFloatingIPAssigned,
    NoNextHop,
    NextHopsKept,

    // Nodes.
    NodeUnknown,
    NodeNotReady,
    NodeLeaseExpired,
    NodeExcluded,
    NodeExcludedFromLoadBalancers,
    ExclusionIgnored,
    NodeWithoutIPv4,
    NodeWithoutIPv6,
    NodeAddressShared,
    NoControlPlanePeer,

    // Floating IPs.
    FloatingIPIsIPv6,
    NodeSubnetsUnknown,
    InNoNodeSubnet,
    NoHealthyNode,
    FloatingIPKept,
    FloatingIPNotPlaced,

    // Peers and sessions.
    PeerIsIPv6,
    PeerInOwnAS,
    LocalAsnDiffers,
    DuplicatePeer,
    TooFewFloatingIPs,
    ControlPlaneVipMissing,
    ControlPlaneVipIsIPv6,

    // Services.
    OtherLoadBalancerClass,
    LocalTrafficPolicy,
    NoReadyEndpoint,
    EndpointsNotCounted,
    InvalidRequest,
    UnknownPool,
    AddressInNoPool,
    AddressNotInRequestedPool,
    AddressReserved,
    AddressAvoided,
    AddressTaken,
    NoPoolOfFamily,
    NoDualStackPool,
    NoSecondFamily,
    PoolExhausted,
}

/// <summary>A reason as a type, for programs, and as a sentence, for people.</summary>
public sealed record PlanReason(PlanReasonCode Code, string Message)
{
    public override string ToString() => $"{Code}: {Message}";
}
