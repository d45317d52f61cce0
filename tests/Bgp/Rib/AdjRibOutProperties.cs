using System.Buffers;
using System.Net;
using BgpLoadBalancer.Bgp.Rib;
using BgpLoadBalancer.Bgp.Routes;
using BgpLoadBalancer.Bgp.Wire;
using CsCheck;

namespace BgpLoadBalancer.Bgp.Tests.Rib;

/// <summary>Whatever the callers declare, in whichever way and order, the peer ends with exactly that, by the smallest difference.</summary>
public class AdjRibOutProperties
{
    private const uint LocalAsn = 65_001;
    private static readonly BgpAddressFamily[] s_families = [BgpAddressFamily.IPv4Unicast, BgpAddressFamily.IPv6Unicast];

    // Few prefixes, next hops and attributes, so that changes meet each other.
    private static readonly Gen<IPPrefix> s_prefix = Gen.Select(Gen.Int[0, 12], Gen.Bool, (n, six) =>
        six ? IPPrefix.FromIPv6(0x20010db800000000 + (ulong)n, 0, 64) : IPPrefix.FromIPv4(0xCB007100 + (uint)n, 32));

    private static readonly Gen<PathAttributes> s_attributes = Gen.OneOf(
        Gen.Const(PathAttributes.Default),
        Gen.Const(new PathAttributes { Med = 10 }),
        Gen.Const(new PathAttributes { Communities = [0xFFFF_0001] }));

    private static readonly Gen<RouteChange> s_change = Gen.Select(s_prefix, Gen.Int[0, 5].Array[0, 4], s_attributes, (prefix, hops, attributes) =>
        hops.Length == 0
            ? RouteChange.Withdraw(prefix)
            : RouteChange.Announce(prefix, new PathSet(hops.Distinct().Select(hop => new RoutePath(NextHop(hop, prefix.IsIPv6))), attributes)));

    // A step: changes, whether they are applied or declared as a whole set, and how often the session gets to write.
    private static readonly Gen<(RouteChange[] Changes, bool Declare, int Fills)> s_step = Gen.Select(s_change.Array[0, 6], Gen.Bool, Gen.Int[0, 2]);

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 0)]
    [InlineData(false, 2)]
    public void The_peer_ends_with_what_was_declared(bool addPath, int rank)
    {
        s_step.Array[1, 12].Sample(steps => Run(steps, addPath, rank), iter: 2_000);
    }

    [Fact]
    public void A_policy_change_sends_everything_again_and_withdraws_nothing()
    {
        WireContext context = new(true, true, true, false);
        RouteTable table = new();
        AdjRibOut rib = new(table, Policy(0), [.. s_families], context);
        for (int i = 0; i < 20; i++) table.Set(IPPrefix.FromIPv4(0x0A000000 + (uint)i, 32), new PathSet(NextHop(1, false), NextHop(2, false)));
        ReceiverModel peer = new(context);
        Fill(rib, peer);
        rib.ChangePolicy(Policy(0) with { Med = 77 });
        Fill(rib, peer);
        Assert.Equal(40, peer.Paths.Count);
        Assert.All(peer.Paths.Values, path => Assert.Equal(77u, path.Attributes.Med));
        Assert.Equal(0, peer.Withdrawals);
    }

    private static void Run((RouteChange[] Changes, bool Declare, int Fills)[] steps, bool addPath, int rank)
    {
        WireContext context = new(true, addPath, addPath, false);
        RouteTable table = new();
        ReceiverModel peer = new(context);
        AdjRibOut rib = new(table, Policy(rank), [.. s_families], context);
        Dictionary<IPPrefix, PathSet> wanted = [];
        foreach ((RouteChange[] changes, bool declare, int fills) in steps)
        {
            foreach (RouteChange change in changes)
            {
                if (change.Paths is null) wanted.Remove(change.Prefix);
                else wanted[change.Prefix] = change.Paths;
            }

            if (declare) table.Replace([.. wanted.Select(route => new Route(route.Key, route.Value))]);
            else table.Apply(changes);
            for (int i = 0; i < fills; i++) Fill(rib, peer);
        }

        Fill(rib, peer);
        Assert.False(rib.HasWork);
        Assert.Equal(wanted.Count, table.Count);
        Assert.Equal(s_families.Order(), peer.EndsOfRib.Order());
        Assert.Equal(Expected(wanted, addPath, rank), peer.Paths.ToDictionary());
        Assert.Equal(peer.Paths.Count, rib.PathsAdvertised);
    }

    private static Dictionary<(IPPrefix, uint), (IPAddress, PathAttributes)> Expected(Dictionary<IPPrefix, PathSet> wanted, bool addPath, int rank) =>
        wanted.SelectMany(route => (addPath ? route.Value.Paths : [route.Value.Paths[rank % route.Value.Paths.Length] with { PathId = 0 }])
                .Select(path => ((route.Key, path.PathId), (path.NextHop, Policy(rank).Apply(route.Value.Attributes)))))
            .ToDictionary(path => path.Item1, path => path.Item2);

    private static void Fill(AdjRibOut rib, ReceiverModel peer)
    {
        ArrayBufferWriter<byte> output = new();
        while (rib.Fill(output))
        {
        }

        peer.Apply(output.WrittenSpan);
    }

    private static ExportPolicy Policy(int rank) => new(LocalAsn, rank, 0, null, [], []);

    private static IPAddress NextHop(int n, bool six) => IPAddress.Parse(six ? $"2001:db8:ffff::{n + 1}" : $"10.0.1.{n + 1}");
}
