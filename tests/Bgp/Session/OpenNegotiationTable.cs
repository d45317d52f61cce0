using System.Collections.Immutable;
using System.Net;
using BgpLoadBalancer.Bgp.Session;
using BgpLoadBalancer.Bgp.Wire;

namespace BgpLoadBalancer.Bgp.Tests.Session;

/// <summary>Two OPENs, and what they agree on.</summary>
public class OpenNegotiationTable
{
    private const BgpAddressFamily IPv4 = BgpAddressFamily.IPv4Unicast;
    private const BgpAddressFamily IPv6 = BgpAddressFamily.IPv6Unicast;
    private const uint OurAsn = 4_200_000_001;

    private static readonly BgpPeerOptions s_peer = new() { PeerAddress = IPAddress.Parse("10.0.1.1"), PeerAsn = 65_000 };

    [Theory]
    [InlineData(90, 90, null, 90, 30)]
    [InlineData(90, 30, null, 30, 10)]
    [InlineData(30, 90, null, 30, 10)]
    [InlineData(90, 0, null, 0, 0)]
    [InlineData(0, 90, null, 0, 0)]
    [InlineData(0, 90, 20, 0, 0)]
    [InlineData(90, 90, 20, 90, 20)]
    [InlineData(90, 90, 60, 90, 30)]
    [InlineData(90, 9, 20, 9, 3)]
    public void The_lower_hold_time_counts_and_keepalives_come_at_least_thrice(int ours, int theirs, int? configured, int hold, int keepalive)
    {
        BgpPeerOptions peer = s_peer with { HoldTime = TimeSpan.FromSeconds(ours), KeepaliveTime = configured is { } seconds ? TimeSpan.FromSeconds(seconds) : null };
        NegotiatedSession session = Negotiate(peer, Open((ushort)theirs));
        Assert.Equal((TimeSpan.FromSeconds(hold), TimeSpan.FromSeconds(keepalive)), (session.HoldTime, session.KeepaliveTime));
    }

    [Theory]
    [InlineData(AddPathMode.Send, AddPathMode.Receive, true, false)]
    [InlineData(AddPathMode.Send, AddPathMode.Send, false, false)]
    [InlineData(AddPathMode.Receive, AddPathMode.Both, false, true)]
    [InlineData(AddPathMode.Both, AddPathMode.Both, true, true)]
    [InlineData(AddPathMode.None, AddPathMode.Both, false, false)]
    [InlineData(AddPathMode.Both, AddPathMode.None, false, false)]
    public void ADD_PATH_needs_a_sender_and_a_receiver_of_the_family(AddPathMode ours, AddPathMode theirs, bool send, bool receive)
    {
        OpenMessage open = Open(90, Capabilities.MultiProtocol(IPv4), Capabilities.MultiProtocol(IPv6), Capabilities.AddPath(new AddPathFamily(IPv4, theirs)));
        NegotiatedSession session = Negotiate(s_peer with { AddPath = ours }, open);
        Assert.Equal((send, receive), (session.Send.AddPathIPv4, session.Receive.AddPathIPv4));
        Assert.Equal((false, false), (session.Send.AddPathIPv6, session.Receive.AddPathIPv6));
    }

    [Fact]
    public void ADD_PATH_of_a_family_that_is_not_spoken_counts_for_nothing()
    {
        OpenMessage open = Open(90, Capabilities.MultiProtocol(IPv4), Capabilities.AddPath(new AddPathFamily(IPv6, AddPathMode.Both)));
        NegotiatedSession session = Negotiate(s_peer with { AddPath = AddPathMode.Both }, open);
        Assert.Equal([IPv4], session.Families);
        Assert.False(session.Send.AddPathIPv6 || session.Receive.AddPathIPv6);
    }

    [Fact]
    public void A_peer_without_capabilities_speaks_IPv4_with_two_octet_ASNs_in_short_messages()
    {
        NegotiatedSession session = Negotiate(s_peer, Open(90));
        Assert.Equal([IPv4], session.Families);
        Assert.Equal(default, session.Send);
        // What we have offered we may be sent.
        Assert.Equal(new WireContext(false, false, false, ExtendedMessage: true), session.Receive);
        Assert.False(session.RouteRefresh || session.GracefulRestart);
    }

    [Fact]
    public void No_family_in_common_is_told_with_those_that_are_missing()
    {
        BgpProtocolException e = Assert.Throws<BgpProtocolException>(() => Negotiate(s_peer with { Families = [IPv6] }, Open(90)));
        Assert.Equal((BgpErrorCode.OpenMessageError, OpenErrorSubcode.UnsupportedCapability), (e.Code, e.Subcode));
        Assert.Equal("010400020001", Convert.ToHexStringLower(e.Data.Span));
    }

    [Fact]
    public void Another_ASN_in_the_capability_than_configured_is_a_bad_peer()
    {
        BgpProtocolException e = Assert.Throws<BgpProtocolException>(() => Negotiate(s_peer, Open(90, Capabilities.FourOctetAsn(65_009))));
        Assert.Equal((BgpErrorCode.OpenMessageError, OpenErrorSubcode.BadPeerAs), (e.Code, e.Subcode));
    }

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(true, false, false)] // a helper only: nothing of it is preserved (RFC 4724 §5)
    [InlineData(false, true, false)]
    public void Graceful_restart_needs_our_offer_and_a_family_of_the_peers(bool ours, bool families, bool expected)
    {
        ImmutableArray<GracefulRestartFamily> preserved = families ? [new(IPv4, ForwardingPreserved: true)] : [];
        OpenMessage open = Open(90, new GracefulRestartCapability(false, false, 120, preserved).ToCapability());
        Assert.Equal(expected, Negotiate(s_peer with { GracefulRestart = ours ? GracefulRestartOptions.Default : null }, open).GracefulRestart);
    }

    [Fact]
    public void Our_OPEN_carries_AS_TRANS_and_all_that_is_offered()
    {
        OpenMessage open = OpenNegotiation.Create(s_peer with { GracefulRestart = GracefulRestartOptions.Default }, OurAsn, 0x0A00010A);
        Assert.Equal((OpenMessage.AsTrans, OurAsn, (ushort)90), (open.MyAutonomousSystem, open.Asn, open.HoldTime));
        Assert.Equal(
            ["MultiProtocol 00010001", "MultiProtocol 00020001", "RouteRefresh ", "FourOctetAsn fa56ea01", "ExtendedMessage ", "AddPath 0001010200020102", "GracefulRestart 00780001018000020180"],
            open.Capabilities.Select(capability => $"{capability.Code} {Convert.ToHexStringLower(capability.Value.AsSpan())}"));
        OpenMessage bare = OpenNegotiation.Create(s_peer with { ExtendedMessage = false, AddPath = AddPathMode.None, Families = [IPv4] }, 65_001, 1);
        Assert.Equal(
            [BgpCapabilityCode.MultiProtocol, BgpCapabilityCode.RouteRefresh, BgpCapabilityCode.FourOctetAsn],
            bare.Capabilities.Select(capability => capability.Code));
    }

    private static OpenMessage Open(ushort holdTime, params BgpCapability[] capabilities) => new(4, 65_000, holdTime, 0x0A000101, [.. capabilities]);

    private static NegotiatedSession Negotiate(BgpPeerOptions peer, OpenMessage theirs) =>
        OpenNegotiation.Negotiate(peer, OpenNegotiation.Create(peer, OurAsn, 0x0A00010A), theirs);
}
