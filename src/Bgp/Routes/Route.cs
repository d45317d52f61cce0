namespace BgpLoadBalancer.Bgp.Routes;

/// <summary>A route to announce: a prefix and its ordered next hops. Share one <see cref="PathSet"/> among all prefixes that have the same.</summary>
public readonly record struct Route(IPPrefix Prefix, PathSet Paths);

/// <summary>One step from one desired set to another: a null <paramref name="Paths"/> takes the prefix out.</summary>
public readonly record struct RouteChange(IPPrefix Prefix, PathSet? Paths)
{
    public static RouteChange Announce(IPPrefix prefix, PathSet paths) => new(prefix, paths);

    public static RouteChange Withdraw(IPPrefix prefix) => new(prefix, null);
}
