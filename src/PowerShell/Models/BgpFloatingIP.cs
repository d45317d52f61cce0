using System.Net;
using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Resources;

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
    private BgpFloatingIP(string cluster, IPAddress address, string? node, BgpFloatingIPState state, string reason)
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

    /// <summary>Where it is: by its lease when a node holds that, else by what a controller wrote, else by the plan.</summary>
    /// <param name="status">What the NetworkGatewayGroup's status says of it.</param>
    internal static BgpFloatingIP Of(string cluster, PlannedFloatingIP planned, FloatingIPStatus? status, LeaseResource? lease)
    {
        bool isTaken = !string.IsNullOrEmpty(lease?.Holder);
        if (isTaken && ResourceName.IsValid(lease!.Holder!)) return new(cluster, planned.Address, lease.Holder, BgpFloatingIPState.Held, status?.Node is { } named && named != lease.Holder ? $"It is to go to node {named}." : "");
        if (planned.Node is null) return new(cluster, planned.Address, null, BgpFloatingIPState.Unassigned, planned.Reason?.Message ?? "");
        if (status?.Node == planned.Node) return new(cluster, planned.Address, planned.Node, BgpFloatingIPState.Assigned, status.Reason ?? NotYet(lease));
        return new(cluster, planned.Address, planned.Node, BgpFloatingIPState.Planned, status?.Node is { } old ? $"The status names node {old} still." : planned.Reason?.Message ?? "");
    }

    // Why the node that was named does not hold it, as far as its lease tells.
    private static string NotYet(LeaseResource? lease) => lease switch
    {
        null => "",
        { Holder: { Length: > 0 } } => $"Its lease is new: the node takes it after the {lease.DurationSeconds} s that it lasts, lest somebody held the one before.",
        _ => lease.Metadata.Annotations.GetValueOrDefault(LeaseNames.RefusalAnnotation, ""),
    };
}
