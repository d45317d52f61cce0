using System.Net;
using BgpLoadBalancer.Cluster.Planning.Addresses;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Planning.Names;

/// <summary>
/// What tells one BGPSession from all others, whatever its name (R32). When a floating IP moves to another node its sessions end, and others begin: so their
/// names always say where they are (R30).
/// </summary>
/// <param name="Local">The floating IP of a service session, the node's own address of a control-plane session.</param>
public readonly record struct SessionIdentity(IPAddress Peer, IPAddress Local, string Node, bool IsControlPlane) : IComparable<SessionIdentity>
{
    public static SessionIdentity Of(ServiceSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return new(session.Peer.Address, session.FloatingIP, session.Node, IsControlPlane: false);
    }

    public static SessionIdentity Of(ControlPlaneSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return new(session.PeerAddress, session.LocalAddress, session.Node, IsControlPlane: true);
    }

    public static SessionIdentity Of(BgpSessionResource session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return new(session.PeerIP, session.FloatingIP ?? session.LocalIP, session.NodeName, session.FloatingIP is null);
    }

    /// <summary>By peer, local address and node; of the same two, the control plane's first.</summary>
    public int CompareTo(SessionIdentity other)
    {
        int order = AddressKey.Of(Peer).CompareTo(AddressKey.Of(other.Peer));
        if (order == 0) order = AddressKey.Of(Local).CompareTo(AddressKey.Of(other.Local));
        if (order == 0) order = string.CompareOrdinal(Node, other.Node);
        return order != 0 ? order : other.IsControlPlane.CompareTo(IsControlPlane);
    }

    /// <summary>What its hash is made of: never change it, names depend on it.</summary>
    public override string ToString() => $"{(IsControlPlane ? "control-plane" : "service")} {Peer} {Local} {Node}";

    public static bool operator <(SessionIdentity left, SessionIdentity right) => left.CompareTo(right) < 0;

    public static bool operator <=(SessionIdentity left, SessionIdentity right) => left.CompareTo(right) <= 0;

    public static bool operator >(SessionIdentity left, SessionIdentity right) => left.CompareTo(right) > 0;

    public static bool operator >=(SessionIdentity left, SessionIdentity right) => left.CompareTo(right) >= 0;
}
