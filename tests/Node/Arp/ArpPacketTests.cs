using System.Net;
using System.Net.NetworkInformation;
using BgpLoadBalancer.Node.Arp;

namespace BgpLoadBalancer.Node.Tests.Arp;

public sealed class ArpPacketTests
{
    private static readonly PhysicalAddress Mac = PhysicalAddress.Parse("02-42-ac-11-00-02");
    private static readonly IPAddress Address = IPAddress.Parse("10.0.1.100");

    [Fact]
    public void A_probe_asks_from_nobody() => Assert.Equal(
        "0001" + "0800" + "06" + "04" + "0001" + "0242ac110002" + "00000000" + "000000000000" + "0a000164",
        Convert.ToHexStringLower(ArpPacket.Probe(Mac, Address).ToBytes()));

    [Fact]
    public void An_announcement_names_the_address_twice() => Assert.Equal(
        "0001" + "0800" + "06" + "04" + "0001" + "0242ac110002" + "0a000164" + "000000000000" + "0a000164",
        Convert.ToHexStringLower(ArpPacket.Announcement(Mac, Address).ToBytes()));

    [Fact]
    public void A_reply_is_read_and_its_padding_is_not()
    {
        byte[] bytes = Convert.FromHexString("0001" + "0800" + "06" + "04" + "0002" + "0242ac110003" + "0a000164" + "0242ac110002" + "0a00010a" + "ffffffffffff");

        Assert.True(ArpPacket.TryRead(bytes, out ArpPacket? packet));
        Assert.Equal(new(ArpOperation.Reply, PhysicalAddress.Parse("02-42-ac-11-00-03"), Address, Mac, IPAddress.Parse("10.0.1.10")), packet);
        Assert.False(packet.IsProbe);
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        Assert.True(ArpPacket.TryRead(ArpPacket.Probe(Mac, Address).ToBytes(), out ArpPacket? packet));
        Assert.Equal(ArpPacket.Probe(Mac, Address), packet);
        Assert.True(packet.IsProbe);
    }

    [Theory]
    [InlineData("", "nothing")]
    [InlineData("0001080006040001" + "0242ac110002" + "00000000" + "000000000000" + "0a0001", "one octet short")]
    [InlineData("0006080006040001" + "0242ac110002" + "00000000" + "000000000000" + "0a000164", "another hardware")]
    [InlineData("000186dd06040001" + "0242ac110002" + "00000000" + "000000000000" + "0a000164", "another protocol")]
    [InlineData("0001080008040001" + "0242ac110002" + "00000000" + "000000000000" + "0a000164", "a longer hardware address")]
    [InlineData("0001080006100001" + "0242ac110002" + "00000000" + "000000000000" + "0a000164", "a longer protocol address")]
    public void Anything_else_is_not_read(string hex, string what) => Assert.False(ArpPacket.TryRead(Convert.FromHexString(hex), out _), what);

    [Fact]
    public void An_IPv6_address_is_refused() =>
        Assert.Throws<ArgumentException>(() => ArpPacket.Probe(Mac, IPAddress.IPv6Loopback).ToBytes());
}
