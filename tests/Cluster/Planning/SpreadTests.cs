using System.Net;
using BgpLoadBalancer.Cluster.Planning;

namespace BgpLoadBalancer.Cluster.Tests.Planning;

/// <summary>R8: no node is first for more than 1.5 × the mean, and so for each rank and for the ranks up to it together.</summary>
public sealed class SpreadTests
{
    [Theory]
    [InlineData("10.100.0.0/16")]
    [InlineData("198.18.0.0/15")]
    [InlineData("2001:db8:100::/112")]
    public void Ten_thousand_addresses_are_spread_over_a_hundred_nodes(string pool)
    {
        bool isIPv6 = pool.Contains(':', StringComparison.Ordinal);
        ClusterSnapshot snapshot = Snapshots.Cluster(100, 8, 4, Snapshots.Services(10_000).Select(service => service with { WantsIPv4 = !isIPv6, WantsIPv6 = isIPv6 }))
            .With(spec => spec with { AddressPools = [Snapshots.Pool("pool1", pool)] });
        PlannedRoute[] routes = [.. Planner.Plan(snapshot).Routes];
        Assert.Equal(10_000, routes.Length);
        Dictionary<IPAddress, int> cumulative = [];
        for (int rank = 0; rank < 8; rank++)
        {
            Dictionary<IPAddress, int> count = [];
            foreach (PlannedRoute route in routes)
            {
                IPAddress hop = route.Set.Nodes[route.Ranking[rank]].Address;
                count[hop] = count.GetValueOrDefault(hop) + 1;
                cumulative[hop] = cumulative.GetValueOrDefault(hop) + 1;
            }

            Assert.InRange(count.Values.Max(), 100, 150);
            Assert.InRange(cumulative.Values.Max(), 100 * (rank + 1), 150 * (rank + 1));
        }
    }
}
