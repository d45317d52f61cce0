using System.Buffers;
using System.Collections.Immutable;
using BgpLoadBalancer.Bgp.Wire;

namespace BgpLoadBalancer.Bgp.Tests.Wire;

public sealed class OpenMessageTests
{
    [Theory]
    [InlineData(251, false)] // 2 + 251 octets of capability, and 2 of parameter: 255.
    [InlineData(252, true)]
    public void The_extended_form_is_used_only_when_it_is_needed(int valueLength, bool extended)
    {
        ArrayBufferWriter<byte> output = new();
        Open(new BgpCapability((BgpCapabilityCode)200, [.. new byte[valueLength]])).Write(output);
        ReadOnlySpan<byte> parameters = output.WrittenSpan[28..];
        Assert.Equal(255, parameters[0]);
        Assert.Equal(extended ? 255 : 2, parameters[1]);
        Assert.Equal(valueLength, Assert.Single(OpenMessage.Read(output.WrittenSpan[19..]).Capabilities).Value.Length);
    }

    [Fact]
    public void Capabilities_that_do_not_fit_into_an_OPEN_are_refused()
    {
        BgpCapability capability = new((BgpCapabilityCode)200, [.. new byte[255]]);
        ArgumentException error = Assert.Throws<ArgumentException>(() => Open([.. Enumerable.Repeat(capability, 16)]).Write(new ArrayBufferWriter<byte>()));
        Assert.Contains("4096", error.Message, StringComparison.Ordinal);
        Open([.. Enumerable.Repeat(capability, 15)]).Write(new ArrayBufferWriter<byte>());
    }

    [Fact]
    public void A_capability_that_is_too_long_is_refused()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(
            () => Open(new BgpCapability((BgpCapabilityCode)200, [.. new byte[256]])).Write(new ArrayBufferWriter<byte>()));
        Assert.Contains("256 octets", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(65_535u, 65_535)]
    [InlineData(65_536u, 23_456)]
    public void An_ASN_that_does_not_fit_is_AS_TRANS_in_two_octets(uint asn, ushort expected) =>
        Assert.Equal(expected, OpenMessage.ToTwoOctets(asn));

    [Fact]
    public void A_capability_without_value_counts_only_without_value()
    {
        Assert.True(Capabilities.Has([Capabilities.RouteRefresh], BgpCapabilityCode.RouteRefresh));
        Assert.False(Capabilities.Has([Capabilities.RouteRefresh], BgpCapabilityCode.ExtendedMessage));
        Assert.False(Capabilities.Has([new BgpCapability(BgpCapabilityCode.ExtendedMessage, [1])], BgpCapabilityCode.ExtendedMessage));
    }

    [Fact]
    public void ADD_PATH_of_mode_None_is_left_out()
    {
        BgpCapability capability = Capabilities.AddPath(
            new AddPathFamily(BgpAddressFamily.IPv4Unicast, AddPathMode.None), new AddPathFamily(BgpAddressFamily.IPv6Unicast, AddPathMode.Send));
        Assert.Equal([0, 2, 1, 2], capability.Value);
    }

    [Fact]
    public void Restart_time_and_number_of_families_have_limits()
    {
        Assert.Throws<ArgumentException>(() => new GracefulRestartCapability(false, false, 4096, []).ToCapability());
        ImmutableArray<GracefulRestartFamily> many = [.. Enumerable.Repeat(new GracefulRestartFamily(BgpAddressFamily.IPv4Unicast, true), 64)];
        Assert.Throws<ArgumentException>(() => new GracefulRestartCapability(false, false, 0, many).ToCapability());
        Assert.Equal(254, new GracefulRestartCapability(false, false, 0, many[1..]).ToCapability().Value.Length);
    }

    private static OpenMessage Open(params ImmutableArray<BgpCapability> capabilities) => new(4, 65001, 90, 0x0A000001, capabilities);
}
