using System.Net;
using BgpLoadBalancer.Bgp.Routes;
using BgpLoadBalancer.Bgp.Session;

namespace BgpLoadBalancer.Bgp.Tests.Speaker;

public class RoutesReachThePeer
{
    private static readonly IPAddress[] s_nodes = [.. Enumerable.Range(10, 8).Select(last => IPAddress.Parse($"10.0.1.{last}"))];

    [Fact]
    public async Task A_route_is_announced_and_withdrawn()
    {
        await using SpeakerPair pair = new();
        await pair.EstablishAsync();
        IPPrefix vip = IPPrefix.Parse("203.0.113.1/32");
        pair.ClusterSpeaker.SetRoutes([new(vip, new PathSet(s_nodes[0]))]);
        await pair.RouterSees(session => session.PathsReceived == 1);

        BgpReceivedPath path = Assert.Single(pair.RouterSpeaker.GetReceivedRoutes(SpeakerPair.Node));
        Assert.Equal(vip, path.Prefix);
        Assert.Equal(s_nodes[0], path.NextHop);
        Assert.Equal(BgpOrigin.Igp, path.Attributes.Origin);
        Assert.Equal([SpeakerPair.ClusterAsn], path.Attributes.AsPath.Single().Asns);
        Assert.Null(path.Attributes.Med);
        Assert.Null(path.Attributes.LocalPref);

        pair.ClusterSpeaker.SetRoutes([]);
        await pair.RouterSees(session => session.PathsReceived == 0 && session.WithdrawalsReceived == 1);
    }

    [Fact]
    public async Task With_ADD_PATH_all_next_hops_are_announced_with_their_addresses_as_identifiers()
    {
        await using SpeakerPair pair = new();
        await pair.EstablishAsync();
        pair.ClusterSpeaker.SetRoutes([new(IPPrefix.Parse("203.0.113.1/32"), new PathSet(s_nodes))]);
        BgpSessionInfo session = await pair.RouterSees(session => session.PathsReceived == 8);

        Assert.Contains(BgpAddressFamily.IPv4Unicast, session.AddPathReceive);
        Assert.Equal(
            s_nodes.Select(node => (node, (uint)(0x0A000100 + node.GetAddressBytes()[3]))),
            pair.RouterSpeaker.GetReceivedRoutes(SpeakerPair.Node).Select(path => (path.NextHop, path.PathId)));
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(1, 11)]
    [InlineData(8, 10)]
    public async Task Without_ADD_PATH_the_rank_chooses_one_next_hop(int rank, int lastOctet)
    {
        await using SpeakerPair pair = new(peer => peer with { PathRank = rank }, peer => peer with { AddPath = AddPathMode.None });
        await pair.EstablishAsync();
        pair.ClusterSpeaker.SetRoutes([new(IPPrefix.Parse("203.0.113.1/32"), new PathSet(s_nodes))]);
        await pair.RouterSees(session => session.PathsReceived == 1);
        Assert.Equal(IPAddress.Parse($"10.0.1.{lastOctet}"), pair.RouterSpeaker.GetReceivedRoutes(SpeakerPair.Node).Single().NextHop);
    }

    [Fact]
    public async Task IPv6_routes_travel_on_the_IPv4_session()
    {
        await using SpeakerPair pair = new();
        await pair.EstablishAsync();
        pair.ClusterSpeaker.SetRoutes([new(IPPrefix.Parse("2001:db8::1/128"), new PathSet(IPAddress.Parse("2001:db8:1::10"), IPAddress.Parse("2001:db8:1::11")))]);
        await pair.RouterSees(session => session.PathsReceived == 2);
        Assert.Equal(
            [IPAddress.Parse("2001:db8:1::10"), IPAddress.Parse("2001:db8:1::11")],
            pair.RouterSpeaker.GetReceivedRoutes(SpeakerPair.Node).Select(path => path.NextHop).Order(Comparer<IPAddress>.Create((a, b) => IPPrefix.Host(a).CompareTo(IPPrefix.Host(b)))));
        pair.ClusterSpeaker.SetRoutes([]);
        await pair.RouterSees(session => session.PathsReceived == 0);
    }

    [Fact]
    public async Task A_thousand_prefixes_with_the_same_attributes_take_two_messages()
    {
        await using SpeakerPair pair = new(router: peer => peer with { AddPath = AddPathMode.None, Families = [BgpAddressFamily.IPv4Unicast] });
        await pair.EstablishAsync();
        await pair.RouterSees(session => session.EndOfRibReceived);
        long before = pair.ClusterSpeaker.GetSession(SpeakerPair.Router)!.Sent.Update.Count;
        PathSet paths = new(s_nodes[0]);
        pair.ClusterSpeaker.SetRoutes([.. Enumerable.Range(0, 1000).Select(i => new Route(IPPrefix.FromIPv4(0xCB007100u + (uint)i, 32), paths))]);
        await pair.RouterSees(session => session.PathsReceived == 1000);
        Assert.Equal(2, pair.ClusterSpeaker.GetSession(SpeakerPair.Router)!.Sent.Update.Count - before);
    }

    [Fact]
    public async Task Only_the_difference_is_sent()
    {
        await using SpeakerPair pair = new();
        await pair.EstablishAsync();
        PathSet all = new(s_nodes);
        Route[] routes = [.. Enumerable.Range(1, 5).Select(i => new Route(IPPrefix.Parse($"203.0.113.{i}/32"), all))];
        pair.ClusterSpeaker.SetRoutes(routes);
        await pair.RouterSees(session => session.PathsReceived == 40);
        long before = pair.ClusterSpeaker.GetSession(SpeakerPair.Router)!.Sent.Update.Count;

        // The same again, and then one next hop fewer for one prefix: one withdrawal of one path.
        pair.ClusterSpeaker.SetRoutes(routes);
        routes[2] = routes[2] with { Paths = new PathSet(s_nodes[1..]) };
        pair.ClusterSpeaker.SetRoutes(routes);
        BgpSessionInfo session = await pair.RouterSees(session => session.PathsReceived == 39);
        Assert.Equal(1, session.WithdrawalsReceived);
        Assert.Equal(1, pair.ClusterSpeaker.GetSession(SpeakerPair.Router)!.Sent.Update.Count - before);
    }
}
