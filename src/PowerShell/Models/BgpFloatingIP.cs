using System.Net;

namespace BgpLoadBalancer.PowerShell.Models;

/// <summary>How far a floating IP has come.</summary>
public enum BgpFloatingIPState
{
    /// <summary>No node can take it; the reason says why.</summary>
    Unassigned,

    /// <summary>The plan has a node for it, which no controller has written down yet.</summary>
    Planned,

    /// <summary>A controller has named the node, which does not hold it yet.</summary>
    Assigned,

    /// <summary>The node has the lease, and with it the address.</summary>
    Held,
}

/// <summary>A floating IP of a cluster.</summary>
public sealed class BgpFloatingIP : IBgpRelated<BgpFloatingIP>, IBgpRelated<BgpNode>
{
    internal BgpFloatingIP(string cluster, IPAddress address, string? node, BgpFloatingIPState state, string reason)
    {
        Address = address;
        Node = node;
        State = state;
        Reason = reason;
        Cluster = cluster;
    }

    public IPAddress Address { get; }

    /// <summary>The node that holds it, or else the one that is to; null when no node can.</summary>
    public string? Node { get; }

    public BgpFloatingIPState State { get; }

    public string Reason { get; }

    public string Cluster { get; }

    bool IBgpRelated<BgpFloatingIP>.IsRelatedTo(BgpFloatingIP thing) => thing.Address.Equals(Address);

    bool IBgpRelated<BgpNode>.IsRelatedTo(BgpNode thing) => thing.Name == Node;

    public override string ToString() => Address.ToString();
}
