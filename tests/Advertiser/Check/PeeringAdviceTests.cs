using System.Net;
using BgpLoadBalancer.Advertiser.Check;
using BgpLoadBalancer.Advertiser.Configuration;
using BgpLoadBalancer.Bgp.Session;
using BgpLoadBalancer.Bgp.Wire;

namespace BgpLoadBalancer.Advertiser.Tests.Check;

public sealed class PeeringAdviceTests
{
    private static readonly PeerConfig Peer = new(IPAddress.Parse("10.0.1.254"), 65000) { PeerPort = 1179 };
    private static readonly AdvertiserConfig Config = new(IPAddress.Parse("10.0.1.10"), 65500, [Peer]);

    private readonly PeeringProgress _progress = new(["10.0.0.8/32"]);

    [Fact]
    public void Without_a_connection_port_neighbor_and_firewall_are_named()
    {
        string advice = PeeringAdvice.For(Config, Peer, _progress);

        Assert.Contains("1179", advice, StringComparison.Ordinal);
        Assert.Contains("10.0.1.10", advice, StringComparison.Ordinal);
        Assert.DoesNotContain("password", advice, StringComparison.Ordinal);
        Assert.Contains("password", PeeringAdvice.For(Config, Peer with { Password = "x" }, _progress), StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_ASN_is_told_from_either_side()
    {
        NotificationMessage badPeerAs = new(BgpErrorCode.OpenMessageError, OpenErrorSubcode.BadPeerAs, default);
        PeeringProgress theirs = new([]);

        _progress.NotificationSent(badPeerAs);
        theirs.NotificationReceived(badPeerAs);

        Assert.Contains("not in AS 65000", PeeringAdvice.For(Config, Peer, _progress), StringComparison.Ordinal);
        Assert.Contains("another AS than 65500", PeeringAdvice.For(Config, Peer, theirs), StringComparison.Ordinal);
        Assert.True(_progress.OpenReceived);
        Assert.True(_progress.OpenRefused.IsCompleted && theirs.OpenRefused.IsCompleted);
    }

    [Fact]
    public void A_connection_without_an_OPEN_and_a_Cease_are_told_apart()
    {
        _progress.StateChanged(BgpSessionState.OpenSent);
        Assert.Contains("sent no OPEN", PeeringAdvice.For(Config, Peer, _progress), StringComparison.Ordinal);

        _progress.NotificationReceived(NotificationMessage.Shutdown(CeaseSubcode.AdministrativeShutdown));
        Assert.Contains("Administrative Shutdown", PeeringAdvice.For(Config, Peer, _progress), StringComparison.Ordinal);
        Assert.False(_progress.OpenRefused.IsCompleted);
    }

    [Theory]
    [InlineData("10.0.0.8/32", true)]
    [InlineData("10.0.0.8/32 path 7", true)]
    [InlineData("10.0.0.80/32", false)]
    public void An_echo_is_one_of_our_prefixes(string nlri, bool echoed)
    {
        _progress.UpdateReceived(new([nlri], [], null, EndOfRib: false));

        Assert.Equal(echoed, _progress.Echoed.IsCompleted);
    }
}
