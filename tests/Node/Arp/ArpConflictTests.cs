using System.Net;
using System.Net.NetworkInformation;
using BgpLoadBalancer.Node.Arp;

namespace BgpLoadBalancer.Node.Tests.Arp;

public sealed class ArpConflictTests
{
    private static readonly PhysicalAddress Own = PhysicalAddress.Parse("02-00-00-00-00-01");
    private static readonly PhysicalAddress Other = PhysicalAddress.Parse("02-00-00-00-00-02");
    private static readonly IPAddress Probed = IPAddress.Parse("10.0.1.100");
    private static readonly IPAddress Elsewhere = IPAddress.Parse("10.0.1.20");

    private static PhysicalAddress? Of(ArpPacket packet) => ArpConflict.Of(packet, Probed, new HashSet<PhysicalAddress> { Own });

    [Theory]
    [InlineData((ushort)ArpOperation.Request)]
    [InlineData((ushort)ArpOperation.Reply)]
    public void Who_sends_from_the_address_has_it(ushort operation) => Assert.Equal(Other, Of(new((ArpOperation)operation, Other, Probed, Own, Elsewhere)));

    [Fact]
    public void Who_probes_for_it_too_is_about_to_take_it() => Assert.Equal(Other, Of(ArpPacket.Probe(Other, Probed)));

    [Fact]
    public void Who_only_wants_to_reach_it_does_not_have_it() => Assert.Null(Of(new(ArpOperation.Request, Other, Elsewhere, Own, Probed)));

    [Fact]
    public void Probes_for_and_uses_of_other_addresses_say_nothing()
    {
        Assert.Null(Of(ArpPacket.Probe(Other, Elsewhere)));
        Assert.Null(Of(ArpPacket.Announcement(Other, Elsewhere)));
    }

    [Fact]
    public void What_this_host_sent_itself_is_no_conflict()
    {
        Assert.Null(Of(ArpPacket.Probe(Own, Probed)));
        Assert.Null(Of(ArpPacket.Announcement(Own, Probed)));
    }
}
