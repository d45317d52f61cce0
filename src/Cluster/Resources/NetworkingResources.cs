using System.Collections.Immutable;
using System.Net;

namespace BgpLoadBalancer.Cluster.Resources;

/// <summary><c>NetworkGatewayGroup</c> of <c>networking.gke.io/v1</c>, named <c>default</c> (R26).</summary>
public sealed record NetworkGatewayGroupResource : Resource
{
    public ImmutableArray<IPAddress> FloatingIPs { get; init; } = [];

    /// <summary>Where each one is to be, as the controller last said.</summary>
    public ImmutableArray<FloatingIPStatus> Status { get; init; } = [];
}

/// <param name="Node">The name of the node; null when it is on none, and <paramref name="Reason"/> says why.</param>
public sealed record FloatingIPStatus(IPAddress Address, string? Node, string? Reason = null);

/// <summary><c>BGPLoadBalancer</c>, named <c>default</c>, optional (R27).</summary>
public sealed record BgpLoadBalancerResource : Resource
{
    public ImmutableSortedDictionary<string, string> PeerSelector { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Every label of the selector is one of the peer's; an empty selector selects all (R17).</summary>
    public bool Selects(BgpPeerResource peer)
    {
        ArgumentNullException.ThrowIfNull(peer);
        return PeerSelector.All(label => peer.Metadata.Labels.TryGetValue(label.Key, out string? value) && value == label.Value);
    }
}

/// <summary><c>BGPPeer</c> (R28): the documented fields, then our extensions, each null where it is not given.</summary>
public sealed record BgpPeerResource : Resource
{
    public uint LocalAsn { get; init; }

    public uint PeerAsn { get; init; }

    public required IPAddress PeerIP { get; init; }

    /// <summary>Null: one from every floating IP (R18).</summary>
    public int? Sessions { get; init; }

    public int? PeerPort { get; init; }

    /// <summary>Seconds.</summary>
    public int? HoldTime { get; init; }

    /// <summary>Seconds.</summary>
    public int? KeepaliveTime { get; init; }

    /// <summary>Seconds.</summary>
    public int? ConnectRetryTime { get; init; }

    public bool? TtlSecurity { get; init; }

    /// <summary>The name of a Secret.</summary>
    public string? PasswordSecret { get; init; }

    public bool? GracefulRestart { get; init; }

    public ImmutableArray<string> Communities { get; init; } = [];

    public ImmutableArray<string> LargeCommunities { get; init; } = [];

    public uint? Med { get; init; }

    public int? Prepend { get; init; }
}

/// <summary><c>ClusterCIDRConfig</c> of <c>baremetal.cluster.gke.io/v1alpha1</c> (R29).</summary>
public sealed record ClusterCidrConfigResource : Resource
{
    public PodCidr? IPv4 { get; init; }

    public PodCidr? IPv6 { get; init; }
}

public sealed record PodCidr(IPNetwork Cidr, int PerNodeMaskSize);
