using System.Net;
using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.PowerShell.Models;

/// <summary>Who says that a route is advertised.</summary>
public enum BgpRouteSource
{
    /// <summary>The plan: no controller has written a route of this cluster down.</summary>
    Plan,

    /// <summary>A controller, as a BGPAdvertisedRoute object (R31).</summary>
    Controller,
}

/// <summary>A route of a service, with the columns of R31.</summary>
public sealed class BgpAdvertisedRoute : IBgpRelated<BgpNode>, IBgpRelated<BgpService>
{
    internal BgpAdvertisedRoute(string cluster, BgpAdvertisedRouteResource route)
    {
        Name = route.Metadata.Name;
        Prefix = route.Prefix;
        Metric = route.Metric;
        NextHop = [.. route.NextHops.Select(hop => hop.Address)];
        Node = [.. route.NextHops.Select(hop => hop.Node)];
        Service = $"{route.ServiceNamespace}/{route.ServiceName}";
        Source = BgpRouteSource.Controller;
        Cluster = cluster;
    }

    internal BgpAdvertisedRoute(string cluster, PlannedRoute route, uint? metric, string name)
    {
        Name = name;
        Prefix = route.Prefix.ToIPNetwork();
        Metric = metric;
        NextHop = [.. route.NextHops.Select(hop => hop.Address)];
        Node = [.. route.NextHops.Select(hop => hop.Node)];
        Service = $"{route.ServiceNamespace}/{route.ServiceName}";
        Source = BgpRouteSource.Plan;
        Cluster = cluster;
    }

    public string Name { get; }

    public IPNetwork Prefix { get; }

    /// <summary>MULTI_EXIT_DISC; null where none is sent, or not the same one to all peers.</summary>
    public uint? Metric { get; }

    /// <summary>Best first.</summary>
    public IReadOnlyList<IPAddress> NextHop { get; }

    /// <summary>The load-balancer nodes of the next hops, in their order.</summary>
    public IReadOnlyList<string> Node { get; }

    /// <summary>Namespace and name of the service.</summary>
    public string Service { get; }

    public BgpRouteSource Source { get; }

    public string Cluster { get; }

    bool IBgpRelated<BgpNode>.IsRelatedTo(BgpNode thing) => Node.Contains(thing.Name);

    bool IBgpRelated<BgpService>.IsRelatedTo(BgpService thing) => thing.ToString() == Service;

    public override string ToString() => $"{Name} {Prefix}";
}
