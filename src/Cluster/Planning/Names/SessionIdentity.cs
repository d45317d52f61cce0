using System.Net;
using BgpLoadBalancer.Cluster.Planning.Addresses;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Planning.Names;

/// <summary>What tells one BGPSession from all others, whatever its name (R32). A floating IP may move to another node; its sessions stay the same ones.</summary>
/// <param name="Local">The floating IP of a service session, the node's own address of a control-plane session.</param>
public readonly record struct SessionIdentity(IPAddress Peer, IPAddress Local, bool IsControlPlane) : IComparable<SessionIdentity>
{
    public static SessionIdentity Of(ServiceSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return new(session.Peer.Address, session.FloatingIP, IsControlPlane: false);
    }

    public static SessionIdentity Of(ControlPlaneSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return new(session.PeerAddress, session.LocalAddress, IsControlPlane: true);
    }

    public static SessionIdentity Of(BgpSessionResource session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return new(session.PeerIP, session.FloatingIP ?? session.LocalIP, session.FloatingIP is null);
    }

    /// <summary>By peer, then by local address; of the same two, the control plane's first.</summary>
    public int CompareTo(SessionIdentity other)
    {
        int order = AddressKey.Of(Peer).CompareTo(AddressKey.Of(other.Peer));
        if (order == 0) order = AddressKey.Of(Local).CompareTo(AddressKey.Of(other.Local));
        return order != 0 ? order : other.IsControlPlane.CompareTo(IsControlPlane);
    }

    /// <summary>What its hash is made of: never change it, names depend on it.</summary>
    public override string ToString() => $"{(IsControlPlane ? "control-plane" : "service")} {Peer} {Local}";

    public static bool operator <(SessionIdentity left, SessionIdentity right) => left.CompareTo(right) < 0;

    public static bool operator <=(SessionIdentity left, SessionIdentity right) => left.CompareTo(right) <= 0;

    public static bool operator >(SessionIdentity left, SessionIdentity right) => left.CompareTo(right) > 0;

    public static bool operator >=(SessionIdentity left, SessionIdentity right) => left.CompareTo(right) >= 0;
}
