using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Planning.Names;

/// <summary>What tells one BGPAdvertisedRoute from all others, whatever its name (R32).</summary>
public readonly record struct RouteIdentity(string ServiceNamespace, string ServiceName, bool IsIPv6) : IComparable<RouteIdentity>
{
    public static RouteIdentity Of(PlannedRoute route)
    {
        ArgumentNullException.ThrowIfNull(route);
        return new(route.ServiceNamespace, route.ServiceName, route.Prefix.IsIPv6);
    }

    public static RouteIdentity Of(BgpAdvertisedRouteResource route)
    {
        ArgumentNullException.ThrowIfNull(route);
        return new(route.ServiceNamespace, route.ServiceName, AddressNumber.IsIPv6(route.Prefix.BaseAddress));
    }

    /// <summary>By namespace, name (both by code units) and family, IPv4 first.</summary>
    public int CompareTo(RouteIdentity other)
    {
        int order = string.CompareOrdinal(ServiceNamespace, other.ServiceNamespace);
        if (order == 0) order = string.CompareOrdinal(ServiceName, other.ServiceName);
        return order != 0 ? order : IsIPv6.CompareTo(other.IsIPv6);
    }

    /// <summary>What its hash is made of: never change it, names depend on it.</summary>
    public override string ToString() => $"{ServiceNamespace}/{ServiceName} {(IsIPv6 ? "IPv6" : "IPv4")}";

    public static bool operator <(RouteIdentity left, RouteIdentity right) => left.CompareTo(right) < 0;

    public static bool operator <=(RouteIdentity left, RouteIdentity right) => left.CompareTo(right) <= 0;

    public static bool operator >(RouteIdentity left, RouteIdentity right) => left.CompareTo(right) > 0;

    public static bool operator >=(RouteIdentity left, RouteIdentity right) => left.CompareTo(right) >= 0;
}
