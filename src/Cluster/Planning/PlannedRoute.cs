using System.Collections.Immutable;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Bgp.Routes;

namespace BgpLoadBalancer.Cluster.Planning;

/// <summary>A virtual IP of a service with its ordered next hops (R8, R10).</summary>
public sealed class PlannedRoute
{
    internal PlannedRoute(string serviceNamespace, string serviceName, IPPrefix prefix, bool held, NextHopSet set, ImmutableArray<ushort> ranking)
    {
        ServiceNamespace = serviceNamespace;
        ServiceName = serviceName;
        Prefix = prefix;
        Held = held;
        Set = set;
        Ranking = ranking;
    }

    public string ServiceNamespace { get; }

    public string ServiceName { get; }

    /// <summary>/32 or /128.</summary>
    public IPPrefix Prefix { get; }

    /// <summary>The service's status holds the address already. An agent announces no other: two agents may know different sets of services.</summary>
    public bool Held { get; }

    /// <summary>Shared by all routes of the family.</summary>
    public NextHopSet Set { get; }

    /// <summary>Indexes into the nodes of <see cref="Set"/>, best first; at least one.</summary>
    public ImmutableArray<ushort> Ranking { get; }

    public IEnumerable<NextHop> NextHops
    {
        get
        {
            foreach (ushort index in Ranking) yield return Set.Nodes[index];
        }
    }

    public NextHop First => Set.Nodes[Ranking[0]];

    /// <summary>As the speaker takes it, with the path identifiers of R9.</summary>
    public PathSet ToPathSet(PathAttributes? attributes = null) => new(NextHops.Select(hop => new RoutePath(hop.Address, hop.PathId)), attributes);

    /// <summary>The name of its BGPAdvertisedRoute (R31), before clashes are resolved (R32): <see cref="Names.PlannedNames"/> has the final one.</summary>
    /// <param name="loadBalancer">The name of the BGPLoadBalancer; null where there is none.</param>
    public string NameFor(string? loadBalancer) => $"{loadBalancer ?? "default"}-{ServiceNamespace}-{ServiceName}{(Prefix.IsIPv6 ? "-ipv6" : "")}";
}
