using BgpLoadBalancer.Bgp.Rib;

namespace BgpLoadBalancer.Bgp.Tests.Rib;

public class RouteWarmUpTests
{
    // Octets of the messages: announcement, End-of-RIB, change and withdrawal. A part of the way that it no longer takes would be
    // compiled only when a route waits for it.
    private const int IPv4 = 48 + 23 + 48 + 28;
    private const int IPv6WithAddPath = (2 * 82) + 30 + 51 + 51;

    [Fact]
    public void It_takes_routes_of_both_families_all_the_way() => Assert.Equal(IPv4 + IPv6WithAddPath, RouteWarmUp.Run());
}
