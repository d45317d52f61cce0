using System.Collections.Immutable;
using System.Net;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Planning;

/// <summary>A session of a control-plane node from its own IP, that carries the control-plane VIP with that IP as next hop (R11, R12).</summary>
/// <param name="Node">The node's name.</param>
/// <param name="LocalAddress">Of the node; also the next hop.</param>
/// <param name="Vip">Null when there is none to announce.</param>
public sealed record ControlPlaneSession(string Node, IPAddress LocalAddress, uint LocalAsn, IPAddress PeerAddress, uint PeerAsn, int PeerPort, IPPrefix? Vip)
{
    /// <summary>R30.</summary>
    public string Name => $"{PeerAddress}-{Node}-control-plane";
}

/// <summary>A peer of the data plane (R17), usable or not.</summary>
public sealed record PlannedPeer
{
    /// <summary>The BGPPeer's name; the address of a peer of the control plane that serves.</summary>
    public required string Name { get; init; }

    public required IPAddress Address { get; init; }

    public uint Asn { get; init; }

    public int Port { get; init; } = BgpPeerOptions.DefaultPort;

    /// <summary>How many sessions it is to have; null: one from every floating IP (R18).</summary>
    public int? WantedSessions { get; init; }

    /// <summary>How many of those the floating IPs do not suffice for.</summary>
    public int Shortfall { get; init; }

    /// <summary>False: no session, for the error in <see cref="Reasons"/>.</summary>
    public bool Usable { get; init; } = true;

    public ImmutableArray<PlanReason> Reasons { get; init; } = [];

    /// <summary>With its extensions (R28); null for a peer of the control plane.</summary>
    public BgpPeerResource? Resource { get; init; }
}

/// <summary>A session that carries services' routes, from a floating IP (R18).</summary>
/// <param name="Node">The node that is to hold the floating IP.</param>
/// <param name="Rank">k: without ADD-PATH it announces next hop k mod n of each route (R8).</param>
public sealed record ServiceSession(PlannedPeer Peer, uint LocalAsn, IPAddress FloatingIP, string Node, int Rank)
{
    /// <summary>R30, before clashes are resolved (R32): <see cref="Names.PlannedNames"/> has the final one.</summary>
    public string Name => $"{Peer.Address}-{Node}";
}
