using System.Net;
using BgpLoadBalancer.Cluster.Planning;

namespace BgpLoadBalancer.PowerShell.Models;

/// <summary>A node of a cluster as the plan sees it.</summary>
public sealed class BgpNode : IBgpRelated<BgpAdvertisedRoute>
{
    internal BgpNode(string cluster, PlannedNode node)
    {
        Name = node.Name;
        Address = node.Address;
        IPv6Address = node.IPv6Address;
        Subnet = [.. node.Subnets];
        ControlPlane = node.ControlPlane;
        LoadBalancer = node.LoadBalancer;
        Healthy = node.Healthy;
        Excluded = node.Excluded;
        Reason = string.Join(" ", node.Reasons.Select(reason => reason.Message));
        Cluster = cluster;
    }

    /// <summary>The address, where the cluster names a node that has no Node object.</summary>
    public string Name { get; }

    /// <summary>The name once more, as other objects about a node have it.</summary>
    public string Node => Name;

    /// <summary>IPv4; the next hop of its routes. Null when it has none.</summary>
    public IPAddress? Address { get; }

    /// <summary>The next hop of IPv6 routes; null when it has none.</summary>
    public IPAddress? IPv6Address { get; }

    /// <summary>Empty where unknown.</summary>
    public IReadOnlyList<IPNetwork> Subnet { get; }

    public bool ControlPlane { get; }

    /// <summary>The cluster lists it as one; a node that is <see cref="Excluded"/> or not <see cref="Healthy"/> takes no traffic all the same.</summary>
    public bool LoadBalancer { get; }

    public bool Healthy { get; }

    /// <summary>A label takes it out of the next hops (R23).</summary>
    public bool Excluded { get; }

    /// <summary>Whatever is not as one might expect; empty when there is nothing to say.</summary>
    public string Reason { get; }

    public string Cluster { get; }

    bool IBgpRelated<BgpAdvertisedRoute>.IsRelatedTo(BgpAdvertisedRoute thing) => thing.Node.Contains(Name);

    public override string ToString() => Name;
}
