using System.Buffers;
using System.Net;
using BgpLoadBalancer.Bgp.Rib;
using BgpLoadBalancer.Bgp.Routes;
using BgpLoadBalancer.Bgp.Wire;

namespace BgpLoadBalancer.Bgp.Tests.Rib;

public class UpdatePacking
{
    private static readonly ExportPolicy s_policy = new(65_001, 0, 0, null, [], []);

    [Theory]
    [InlineData(false, 790)]
    [InlineData(true, 440)]
    public void Messages_are_full_and_never_over_4096_octets(bool addPath, int atLeastPerMessage)
    {
        (ReceiverModel peer, _) = Send(100_000, i => IPPrefix.FromIPv4(0x0A000000 + (uint)i, 32), new PathSet(IPAddress.Parse("10.0.1.1")), addPath);
        Assert.Equal(100_000, peer.Paths.Count);
        Assert.InRange(peer.LongestMessage, 4_080, 4_096);
        Assert.True(100_000 / Updates(peer) >= atLeastPerMessage, $"{peer.Messages} messages");
    }

    [Fact]
    public void IPv6_messages_are_full_too()
    {
        (ReceiverModel peer, _) = Send(10_000, i => IPPrefix.FromIPv6(0x20010db8_00000000, (ulong)i, 128), new PathSet(IPAddress.Parse("2001:db8::ffff")), addPath: true);
        Assert.Equal(10_000, peer.Paths.Count);
        Assert.InRange(peer.LongestMessage, 4_075, 4_096);
        Assert.True(10_000 / Updates(peer) >= 185, $"{peer.Messages} messages");
    }

    [Fact]
    public void Withdrawing_everything_takes_as_few_messages()
    {
        (ReceiverModel peer, AdjRibOut rib) = Send(100_000, i => IPPrefix.FromIPv4(0x0A000000 + (uint)i, 32), new PathSet(IPAddress.Parse("10.0.1.1")), addPath: false);
        int before = peer.Messages;
        ArrayBufferWriter<byte> output = new();
        while (rib.WithdrawAll(output))
        {
        }

        peer.Apply(output.WrittenSpan);
        Assert.Empty(peer.Paths);
        Assert.Equal(0, rib.PathsAdvertised);
        Assert.InRange(peer.Messages - before, 1, 100_000 / 790);
    }

    private static int Updates(ReceiverModel peer) => peer.Messages - peer.EndsOfRib.Count;

    private static (ReceiverModel Peer, AdjRibOut Rib) Send(int count, Func<int, IPPrefix> prefix, PathSet paths, bool addPath)
    {
        WireContext context = new(true, addPath, addPath, true);
        RouteTable table = new();
        AdjRibOut rib = new(table, s_policy, [BgpAddressFamily.IPv4Unicast, BgpAddressFamily.IPv6Unicast], context);
        table.Replace([.. Enumerable.Range(0, count).Select(i => new Route(prefix(i), paths))]);
        ArrayBufferWriter<byte> output = new();
        while (rib.Fill(output))
        {
        }

        ReceiverModel peer = new(context);
        peer.Apply(output.WrittenSpan);
        return (peer, rib);
    }
}
