using System.Buffers;
using System.Net;
using BgpLoadBalancer.Bgp.Routes;
using BgpLoadBalancer.Bgp.Wire;
using BgpLoadBalancer.Bgp.Wire.Attributes;

namespace BgpLoadBalancer.Bgp.Tests.Wire;

public sealed class AttributeWriterTests
{
    private static readonly WireContext s_fourOctets = new() { FourOctetAsn = true };

    [Fact]
    public void The_table_is_in_ascending_order_with_each_code_once()
    {
        byte[] codes = [.. AttributeTable.All.Select(descriptor => (byte)descriptor.Code)];
        Assert.Equal(codes.Distinct().Order(), codes);
        Assert.Equal(Enum.GetValues<AttributeCode>().Select(code => (byte)code).Order(), codes);
    }

    [Theory]
    [InlineData(1, AttributeErrorHandling.TreatAsWithdraw)]
    [InlineData(2, AttributeErrorHandling.TreatAsWithdraw)]
    [InlineData(3, AttributeErrorHandling.TreatAsWithdraw)]
    [InlineData(4, AttributeErrorHandling.TreatAsWithdraw)]
    [InlineData(5, AttributeErrorHandling.TreatAsWithdraw)]
    [InlineData(6, AttributeErrorHandling.AttributeDiscard)]
    [InlineData(7, AttributeErrorHandling.AttributeDiscard)]
    [InlineData(8, AttributeErrorHandling.TreatAsWithdraw)]
    [InlineData(14, AttributeErrorHandling.AfiSafiDisable)]
    [InlineData(15, AttributeErrorHandling.AfiSafiDisable)]
    [InlineData(16, AttributeErrorHandling.TreatAsWithdraw)]
    [InlineData(17, AttributeErrorHandling.AttributeDiscard)]
    [InlineData(18, AttributeErrorHandling.AttributeDiscard)]
    [InlineData(32, AttributeErrorHandling.TreatAsWithdraw)]
    internal void Each_attribute_has_the_class_of_RFC_7606(byte code, AttributeErrorHandling expected) =>
        Assert.Equal(expected, AttributeTable.Find((AttributeCode)code)!.ErrorHandling);

    [Fact]
    public void Attributes_are_written_in_ascending_order_unknown_ones_among_them()
    {
        PathAttributes attributes = new()
        {
            Med = 1,
            LocalPref = 2,
            AtomicAggregate = true,
            Aggregator = new(1, IPAddress.Loopback),
            Communities = [1],
            ExtendedCommunities = [1],
            LargeCommunities = [new(1, 2, 3)],
            Unknown = [new(0xC0, 9, []), new(0xC0, 31, [1]), new(0xC0, 200, [])],
        };
        List<byte> codes = [];
        AttributeWalker walker = new(MessageBytes.Attributes(attributes, IPAddress.Loopback, s_fourOctets));
        while (walker.MoveNext()) codes.Add((byte)walker.Current.Code);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 16, 31, 32, 200], codes);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_segment_of_more_than_255_ASNs_goes_out_as_several(bool fourOctets)
    {
        WireContext context = new() { FourOctetAsn = fourOctets };
        uint[] asns = [.. Enumerable.Range(70_000, 600).Select(asn => (uint)asn)];
        PathAttributes attributes = new() { AsPath = [new(AsPathSegmentType.Sequence, [.. asns])] };
        PathAttributes read = AttributeReader.Read(MessageBytes.Attributes(attributes, null, context), context, hasNlri: false, out _);
        Assert.Equal([255, 255, 90], read.AsPath.Select(segment => segment.Asns.Length));
        Assert.Equal(asns, read.AsPath.SelectMany(segment => segment.Asns));
    }

    [Fact]
    public void A_flag_of_extended_length_stands_exactly_above_255_octets()
    {
        Assert.Equal((byte[])[0xC0, 200, 255], Unknown(255)[^(255 + 3)..^255]);
        Assert.Equal((byte[])[0xD0, 200, 1, 0], Unknown(256)[^(256 + 4)..^256]);

        static byte[] Unknown(int length) => MessageBytes.Attributes(new() { Unknown = [new(0xC0, 200, [.. new byte[length]])] }, null, s_fourOctets);
    }

    [Theory]
    [InlineData(0xC0, 8, "COMMUNITIES")]
    [InlineData(0x40, 200, "0x40")]
    public void An_unknown_attribute_that_peers_would_refuse_is_refused_here(byte flags, byte code, string reason) =>
        AssertRefused(new() { Unknown = [new(flags, code, [])] }, null, reason);

    [Fact]
    public void Unknown_attributes_out_of_order_or_twice_are_refused()
    {
        AssertRefused(new() { Unknown = [new(0xC0, 201, []), new(0xC0, 200, [])] }, null, "comes after 201");
        AssertRefused(new() { Unknown = [new(0xC0, 200, []), new(0xC0, 200, [])] }, null, "comes after 200");
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        AssertRefused(new() { Communities = [.. new uint[16_384]] }, null, "COMMUNITIES would have 65536 octets");
        AssertRefused(new(), IPAddress.IPv6Loopback, "::1 is not an IPv4 address");
        AssertRefused(new() { Aggregator = new(1, IPAddress.IPv6Loopback) }, null, "::1 is not an IPv4 address");
    }

    [Fact]
    public void A_next_hop_of_another_family_or_too_many_prefixes_are_refused()
    {
        ArrayBufferWriter<byte> output = new();
        Assert.Throws<ArgumentException>(() => AttributeWriter.WriteMpReachHeader(output, BgpAddressFamily.IPv6Unicast, IPAddress.Loopback, 0));
        Assert.Throws<ArgumentException>(() => AttributeWriter.WriteMpReachHeader(output, BgpAddressFamily.IPv4Unicast, IPAddress.IPv6Loopback, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => AttributeWriter.WriteMpReachHeader(output, (BgpAddressFamily)0x190041, IPAddress.Loopback, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => AttributeWriter.WriteMpReachHeader(output, BgpAddressFamily.IPv6Unicast, IPAddress.IPv6Loopback, 65_515));
        Assert.Throws<ArgumentOutOfRangeException>(() => AttributeWriter.WriteMpUnreachHeader(output, BgpAddressFamily.IPv6Unicast, 65_533));
        Assert.Equal(0, output.WrittenCount);
    }

    private static void AssertRefused(PathAttributes attributes, IPAddress? nextHop, string reason)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => AttributeWriter.Write(new ArrayBufferWriter<byte>(), attributes, nextHop, s_fourOctets));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }
}
