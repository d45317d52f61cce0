using System.Net;
using BgpLoadBalancer.Advertiser.Health;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Bgp.Session;

namespace BgpLoadBalancer.Advertiser.Tests.Health;

public sealed class ReadinessTests
{
    [Fact]
    public void Ready_is_every_peer_established()
    {
        Assert.Equal(new(true, "ready\n"), Readiness.Of([Session("10.0.1.254", BgpSessionState.Established), Session("10.0.2.254", BgpSessionState.Established)], stopping: false));
        Assert.Equal(
            new(false, "not ready\n10.0.2.254 is Active: connection refused\n10.0.3.254 is OpenSent\n"),
            Readiness.Of([Session("10.0.1.254", BgpSessionState.Established), Session("10.0.2.254", BgpSessionState.Active, "connection refused"), Session("10.0.3.254", BgpSessionState.OpenSent)], stopping: false));
    }

    [Fact]
    public void Nothing_configured_or_stopping_is_not_ready()
    {
        Assert.False(Readiness.Of([], stopping: false).IsReady);
        Assert.False(Readiness.Of([Session("10.0.1.254", BgpSessionState.Established)], stopping: true).IsReady);
    }

    private static BgpSessionInfo Session(string peer, BgpSessionState state, string? error = null) => new()
    {
        Peer = peer,
        PeerAddress = IPAddress.Parse(peer),
        PeerAsn = 65000,
        LocalAsn = 65500,
        State = state,
        LastError = error,
        Sent = new(default, default, default, default, default),
        Received = new(default, default, default, default, default),
    };
}
