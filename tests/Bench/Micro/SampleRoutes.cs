using BgpLoadBalancer.Bench.Contenders;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Bgp.Routes;

namespace BgpLoadBalancer.Bench.Micro;

/// <summary>The routes that the micro benchmarks work on: 100,000 /32 that share one next hop.</summary>
internal static class SampleRoutes
{
    public const int Count = 100_000;

    public static PathSet Paths { get; } = new(Workload.NextHop(0));

    public static PathSet OtherPaths { get; } = new(Workload.NextHop(1));

    public static Route[] All { get; } = [.. Enumerable.Range(0, Count).Select(i => new Route(IPPrefix.FromIPv4(Workload.Address(i), 32), Paths))];

    /// <summary>The same with another next hop for each hundredth.</summary>
    public static Route[] Changed { get; } = [.. All.Select((route, i) => i % 100 == 0 ? route with { Paths = OtherPaths } : route)];
}
