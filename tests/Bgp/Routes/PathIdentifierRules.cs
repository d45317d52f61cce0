using System.Net;
using BgpLoadBalancer.Bgp.Routes;

namespace BgpLoadBalancer.Bgp.Tests.Routes;

/// <summary>R9: identifiers are computed, and the same whatever the order of preference.</summary>
public class PathIdentifierRules
{
    [Fact]
    public void An_IPv4_next_hop_is_its_own_identifier_and_a_given_one_stands() => Assert.Equal(
        [0x0A000101u, 7u],
        new PathSet([new RoutePath(IPAddress.Parse("10.0.1.1")), new RoutePath(IPAddress.Parse("10.0.1.2"), 7)]).Paths.Select(path => path.PathId));

    [Fact]
    public void An_IPv6_next_hop_has_the_same_identifier_for_ever() =>
        Assert.Equal(0x78A9FBACu, new PathSet(IPAddress.Parse("2001:db8:1::10")).Paths[0].PathId);

    [Fact]
    public void Of_two_that_collide_the_higher_address_yields_in_either_order()
    {
        (IPAddress low, IPAddress high) = Collision();
        PathSet one = new(low, high);
        PathSet other = new(high, low);
        uint id = new PathSet(low).Paths[0].PathId;
        Assert.Equal(id, new PathSet(high).Paths[0].PathId);
        Assert.Equal([(low, id), (high, id + 1)], one.Paths.Select(path => (path.NextHop, path.PathId)));
        Assert.Equal([(high, id + 1), (low, id)], other.Paths.Select(path => (path.NextHop, path.PathId)));
    }

    [Fact]
    public void A_given_identifier_is_never_taken_by_a_computed_one()
    {
        IPAddress computed = IPAddress.Parse("2001:db8:1::10");
        uint id = new PathSet(computed).Paths[0].PathId;
        PathSet set = new([new RoutePath(computed), new RoutePath(IPAddress.Parse("2001:db8:1::11"), id)]);
        Assert.Equal([id + 1, id], set.Paths.Select(path => path.PathId));
    }

    [Theory]
    [InlineData("at least one next hop")]
    [InlineData("is given twice", "10.0.1.1", "10.0.1.1")]
    [InlineData("not of the family", "10.0.1.1", "2001:db8::1")]
    [InlineData("cannot be a next hop", "0.0.0.0")]
    [InlineData("cannot be a next hop", "224.0.0.1")]
    [InlineData("cannot be a next hop", "255.255.255.255")]
    [InlineData("cannot be a next hop", "::")]
    [InlineData("cannot be a next hop", "fe80::1")]
    [InlineData("cannot be a next hop", "ff02::1")]
    [InlineData("cannot be a next hop", "::ffff:10.0.1.1")]
    public void What_cannot_be_a_set_is_refused(string because, params string[] nextHops) =>
        Assert.Contains(because, Assert.Throws<ArgumentException>(() => new PathSet(nextHops.Select(IPAddress.Parse))).Message);

    [Fact]
    public void Identifiers_are_not_0_and_not_shared()
    {
        IPAddress a = IPAddress.Parse("10.0.1.1"), b = IPAddress.Parse("10.0.1.2");
        Assert.Contains("identifier 0", Assert.Throws<ArgumentException>(() => new PathSet([new RoutePath(a, 0)])).Message);
        Assert.Contains("another path's already", Assert.Throws<ArgumentException>(() => new PathSet([new RoutePath(a), new RoutePath(b, 0x0A000101)])).Message);
    }

    // FNV-1a of 32 bits: among 200,000 addresses some pair collides, always the same.
    private static (IPAddress Low, IPAddress High) Collision()
    {
        Dictionary<uint, IPAddress> seen = [];
        for (uint i = 0; ; i++)
        {
            // Not only the last octets, which FNV keeps apart.
            ulong scattered = i * 0x9E3779B97F4A7C15ul;
            IPAddress address = IPPrefix.FromIPv6(0x20010db8_00000000, scattered, 128).Address;
            uint id = new PathSet(address).Paths[0].PathId;
            if (seen.TryAdd(id, address)) continue;
            IPAddress other = seen[id];
            return IPPrefix.Host(other) < IPPrefix.Host(address) ? (other, address) : (address, other);
        }
    }
}
