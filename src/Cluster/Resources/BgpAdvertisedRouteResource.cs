using System.Collections.Immutable;
using System.Net;

namespace BgpLoadBalancer.Cluster.Resources;

/// <summary><c>BGPAdvertisedRoute</c> in <c>kube-system</c> (R31): for people, nothing reads it to decide. All of it is spec.</summary>
public sealed record BgpAdvertisedRouteResource : Resource
{
    public required string ServiceNamespace { get; init; }

    public required string ServiceName { get; init; }

    /// <summary>/32 or /128; its family is part of the identity (R32).</summary>
    public IPNetwork Prefix { get; init; }

    /// <summary>MULTI_EXIT_DISC; null where none is sent, or not the same one to all peers.</summary>
    public uint? Metric { get; init; }

    /// <summary>Best first.</summary>
    public ImmutableArray<AdvertisedNextHop> NextHops { get; init; } = [];
}

/// <param name="Node">The name of the load-balancer node.</param>
public sealed record AdvertisedNextHop(string Node, IPAddress Address);
