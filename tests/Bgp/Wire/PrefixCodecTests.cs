using System.Net;
using BgpLoadBalancer.Bgp.Wire;

namespace BgpLoadBalancer.Bgp.Tests.Wire;

public sealed class PrefixCodecTests
{
    private const BgpAddressFamily Vpls = (BgpAddressFamily)((25u << 16) | 65);

    [Theory]
    [InlineData("10.9.9.9/32", 4)]
    [InlineData("10.9.9.0/24", 3)]
    [InlineData("2001:db8::9/128", 16)]
    public void Room_that_is_one_octet_short_is_refused(string text, int room)
    {
        IPPrefix prefix = IPPrefix.Parse(text);
        ArgumentException error = Assert.Throws<ArgumentException>(() => PrefixCodec.Write(new byte[room], prefix));
        Assert.Contains($"{text} takes {room + 1} octets", error.Message, StringComparison.Ordinal);
        Assert.Equal(room + 1, PrefixCodec.Write(new byte[room + 1], prefix));
        Assert.Throws<ArgumentException>(() => PrefixCodec.Write(new byte[room + 4], prefix, 1));
    }

    [Fact]
    public void The_default_route_takes_one_octet()
    {
        Assert.Equal(1, PrefixCodec.Write(new byte[1], default));
        Assert.Equal(1, PrefixCodec.EncodedLength(default, addPath: false));
        Assert.Equal(5, PrefixCodec.EncodedLength(default, addPath: true));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_length_beyond_the_family_is_refused_in_the_middle_as_at_the_end(bool inTheMiddle)
    {
        byte[] bytes = [33, 1, 2, 3, 4, 5, .. new byte[inTheMiddle ? 40 : 0]];
        BgpProtocolException error = Assert.Throws<BgpProtocolException>(() => ReadAll(bytes, BgpAddressFamily.IPv4Unicast));
        Assert.Equal((BgpErrorCode.UpdateMessageError, UpdateErrorSubcode.InvalidNetworkField), (error.Code, error.Subcode));
        Assert.Contains("33 is more than 32", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_family_that_we_do_not_speak_is_a_protocol_error()
    {
        BgpProtocolException error = Assert.Throws<BgpProtocolException>(() => ReadAll([], Vpls));
        Assert.Equal((BgpErrorCode.UpdateMessageError, UpdateErrorSubcode.OptionalAttributeError), (error.Code, error.Subcode));
        byte[] attribute = [0x80, 14, 5, 0, 25, 65, 0, 0];
        error = Assert.Throws<BgpProtocolException>(() => ReadNextHop(attribute));
        Assert.Equal(attribute, error.Data.ToArray());
    }

    private static void ReadAll(ReadOnlySpan<byte> bytes, BgpAddressFamily family)
    {
        PrefixReader reader = new(bytes, family, addPath: false);
        while (reader.TryRead(out _, out _))
        {
        }
    }

    private static IPAddress ReadNextHop(byte[] attribute)
    {
        Assert.True(UpdateReader.Read([0, 0, 0, (byte)attribute.Length, .. attribute]).TryGetMpReach(out MpReach reach));
        return reach.ReadNextHop();
    }
}
