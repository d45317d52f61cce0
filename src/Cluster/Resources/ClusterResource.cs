using System.Collections.Immutable;
using System.Net;
using BgpLoadBalancer.Bgp;

namespace BgpLoadBalancer.Cluster.Resources;

public enum ClusterType
{
    Admin,
    User,
    Hybrid,
    Standalone,
}

/// <summary>How a cluster announces its virtual IPs; only <see cref="Bgp"/> concerns us (R25).</summary>
public enum LoadBalancerType
{
    Layer2,
    Bgp,
}

/// <summary><c>Cluster</c> of <c>baremetal.cluster.gke.io/v1</c> (R25), as far as it concerns load balancing.</summary>
public sealed record ClusterResource : Resource
{
    public ClusterType Type { get; init; }

    public bool AdvancedNetworking { get; init; }

    /// <summary><c>spec.clusterNetwork.services.cidrBlocks</c>.</summary>
    public ImmutableArray<IPNetwork> ServiceCidrs { get; init; } = [];

    public ImmutableArray<IPAddress> ControlPlaneNodes { get; init; } = [];

    public LoadBalancerSpec LoadBalancer { get; init; } = new();
}

/// <summary><c>spec.loadBalancer</c>.</summary>
public sealed record LoadBalancerSpec
{
    public string Mode { get; init; } = "bundled";

    public LoadBalancerType Type { get; init; }

    public uint LocalAsn { get; init; }

    public ImmutableArray<ControlPlanePeer> BgpPeers { get; init; } = [];

    public int ControlPlaneLBPort { get; init; } = 443;

    public IPAddress? ControlPlaneVip { get; init; }

    public IPAddress? IngressVip { get; init; }

    public ImmutableArray<AddressPool> AddressPools { get; init; } = [];

    /// <summary>Null where <c>nodePoolSpec</c> is not given: the control-plane nodes are the load-balancer nodes then (R16).</summary>
    public ImmutableArray<IPAddress>? NodePool { get; init; }
}

/// <summary>An entry of <c>bgpPeers</c>.</summary>
/// <param name="ControlPlaneNodes">Null: every control-plane node peers with it (R11).</param>
public sealed record ControlPlanePeer(IPAddress Address, uint Asn, int Port = BgpPeerOptions.DefaultPort, ImmutableArray<IPAddress>? ControlPlaneNodes = null);

/// <summary>An entry of <c>addressPools</c> (R22).</summary>
/// <param name="AvoidBuggyIPs">Skip .0 and .255.</param>
/// <param name="ManualAssign">Only for services that ask for it.</param>
public sealed record AddressPool(string Name, ImmutableArray<AddressRange> Addresses, bool AvoidBuggyIPs = false, bool ManualAssign = false);
