using System.Net;
using BgpLoadBalancer.Cluster.Planning;

namespace BgpLoadBalancer.PowerShell.Models;

/// <summary>A service of type LoadBalancer as the plan wants it.</summary>
public sealed class BgpService : IBgpRelated<BgpAdvertisedRoute>, IBgpRelated<BgpNode>
{
    internal BgpService(string cluster, PlannedService service)
    {
        Namespace = service.Namespace;
        Name = service.Name;
        Address = [.. service.Addresses.Select(address => address.Address)];
        Pool = service.Addresses.IsEmpty ? null : service.Addresses[0].Pool;
        IsHeld = !service.Addresses.IsEmpty && service.Addresses.All(address => address.Held);
        Announced = service.Announced;
        Reason = string.Join(" ", service.Reasons.Select(reason => reason.Message));
        NextHop = [.. service.Routes.SelectMany(route => route.NextHops).Select(hop => hop.Address)];
        Cluster = cluster;
    }

    public string Namespace { get; }

    public string Name { get; }

    /// <summary>At most one of each family, IPv4 first; empty while it gets none.</summary>
    public IReadOnlyList<IPAddress> Address { get; }

    /// <summary>The pool that they come from; null without an address.</summary>
    public string? Pool { get; }

    /// <summary>The status of the service has the addresses; else they are what the next reconciliation gives it.</summary>
    public bool IsHeld { get; }

    public bool Announced { get; }

    /// <summary>Why it is not announced, or not in both families; empty when there is nothing to say.</summary>
    public string Reason { get; }

    /// <summary>Load-balancer nodes, best first, of IPv4 and then of IPv6; empty when it is not announced.</summary>
    public IReadOnlyList<IPAddress> NextHop { get; }

    public string Cluster { get; }

    bool IBgpRelated<BgpAdvertisedRoute>.IsRelatedTo(BgpAdvertisedRoute thing) => thing.Service == ToString();

    bool IBgpRelated<BgpNode>.IsRelatedTo(BgpNode thing) => NextHop.Any(hop => hop.Equals(thing.Address) || hop.Equals(thing.IPv6Address));

    public override string ToString() => $"{Namespace}/{Name}";
}
