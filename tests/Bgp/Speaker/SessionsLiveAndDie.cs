using System.Net;
using BgpLoadBalancer.Bgp.Routes;
using BgpLoadBalancer.Bgp.Session;

namespace BgpLoadBalancer.Bgp.Tests.Speaker;

public class SessionsLiveAndDie
{
    private static readonly PathSet s_paths = new(SpeakerPair.NodeAddress);
    private static readonly Route s_route = new(IPPrefix.Parse("203.0.113.1/32"), s_paths);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_negotiated_is_reported()
    {
        await using SpeakerPair pair = new(router: peer => peer with { HoldTime = TimeSpan.FromSeconds(30) });
        await pair.EstablishAsync();
        BgpSessionInfo session = pair.ClusterSpeaker.GetSession(SpeakerPair.Router)!;
        Assert.Equal(TimeSpan.FromSeconds(30), session.HoldTime);
        Assert.Equal(TimeSpan.FromSeconds(10), session.KeepaliveTime);
        Assert.Equal(SpeakerPair.RouterAddress, session.PeerBgpIdentifier);
        Assert.Equal([BgpAddressFamily.IPv4Unicast, BgpAddressFamily.IPv6Unicast], session.AddPathSend);
        Assert.Empty(session.AddPathReceive);
        Assert.Equal(pair.Time.GetUtcNow(), session.EstablishedTime);
        Assert.Equal(1, session.Sent.Open.Count);
        Assert.Equal(1, session.Received.Open.Count);
        Assert.Null(session.LastError);
    }

    [Fact]
    public async Task Keepalives_keep_it_up()
    {
        await using SpeakerPair pair = new();
        await pair.EstablishAsync();
        for (int i = 0; i < 10; i++)
        {
            long heard = pair.RouterSpeaker.GetSession(SpeakerPair.Node)!.Received.Keepalive.Count;
            long answered = pair.ClusterSpeaker.GetSession(SpeakerPair.Router)!.Received.Keepalive.Count;
            pair.Time.Advance(TimeSpan.FromSeconds(30));
            await pair.RouterSees(session => session.Received.Keepalive.Count > heard);
            await pair.Cluster(session => session.Received.Keepalive.Count > answered);
        }

        Assert.Equal(0, pair.ClusterSpeaker.GetSession(SpeakerPair.Router)!.Flaps);
        Assert.Equal(0, pair.RouterSpeaker.GetSession(SpeakerPair.Node)!.Flaps);
    }

    [Fact]
    public async Task Silence_ends_it_on_both_sides_and_it_comes_back()
    {
        await using SpeakerPair pair = new();
        await pair.EstablishAsync();
        pair.Transport.CutAll();
        pair.Time.Advance(TimeSpan.FromSeconds(90));
        BgpSessionInfo cluster = await pair.Cluster(session => session.Flaps == 1);
        BgpSessionInfo router = await pair.RouterSees(session => session.Flaps == 1);
        Assert.Contains("4/0: Hold Timer Expired", cluster.LastError);
        Assert.Contains("4/0: Hold Timer Expired", router.LastError);
        pair.Time.Advance(TimeSpan.FromSeconds(5));
        await pair.ClusterIs(BgpSessionState.Established);
    }

    [Theory]
    [InlineData("stop", "6/2: Cease: Administrative Shutdown")]
    [InlineData("remove", "6/3: Cease: Peer De-configured")]
    [InlineData("reset", "6/4: Cease: Administrative Reset")]
    [InlineData("change", "6/6: Cease: Other Configuration Change")]
    public async Task Every_close_of_ours_is_a_Cease(string how, string expected)
    {
        await using SpeakerPair pair = new();
        pair.ClusterSpeaker.SetRoutes([s_route]);
        await pair.EstablishAsync();
        await pair.RouterSees(session => session.PathsReceived == 1);
        switch (how)
        {
            case "stop": await pair.ClusterSpeaker.StopAsync(cancellationToken: Stop); break;
            case "remove": Assert.True(await pair.ClusterSpeaker.RemovePeerAsync(SpeakerPair.Router, cancellationToken: Stop)); break;
            case "reset": Assert.True(pair.ClusterSpeaker.ResetSession(SpeakerPair.Router)); break;
            default: Assert.True(pair.ClusterSpeaker.UpdatePeer(pair.ToRouter with { HoldTime = TimeSpan.FromSeconds(30) })); break;
        }

        BgpSessionInfo session = await pair.RouterSees(session => session.Flaps == 1);
        Assert.Equal($"received NOTIFICATION {expected}", session.LastError);
    }

    [Fact]
    public async Task A_planned_restart_says_nothing_and_withdraws_nothing()
    {
        await using SpeakerPair pair = new(peer => peer with { GracefulRestart = GracefulRestartOptions.Default });
        pair.ClusterSpeaker.SetRoutes([s_route]);
        await pair.EstablishAsync();
        await pair.RouterSees(session => session.PathsReceived == 1);
        long updates = pair.RouterSpeaker.GetSession(SpeakerPair.Node)!.Received.Update.Count;
        await pair.ClusterSpeaker.StopAsync(BgpStopMode.PlannedRestart, Stop);
        BgpSessionInfo session = await pair.RouterSees(session => session.Flaps == 1);
        Assert.Equal("connection closed by the peer", session.LastError);
        Assert.Equal(updates, session.Received.Update.Count);
        Assert.Equal(0, session.Received.Notification.Count);
    }

    [Fact]
    public async Task A_change_of_what_is_sent_keeps_the_session()
    {
        await using SpeakerPair pair = new();
        pair.ClusterSpeaker.SetRoutes([s_route]);
        await pair.EstablishAsync();
        await pair.RouterSees(session => session.PathsReceived == 1);
        Assert.True(pair.ClusterSpeaker.UpdatePeer(pair.ToRouter with { Med = 50, Prepend = 2, Communities = [0xFDE9_0001] }));
        Assert.False(pair.ClusterSpeaker.UpdatePeer(pair.ToRouter with { Med = 50, Prepend = 2, Communities = [0xFDE9_0001] }));
        await pair.RouterSees(_ => pair.RouterSpeaker.GetReceivedRoutes(SpeakerPair.Node).Single().Attributes.Med == 50);
        PathAttributes attributes = pair.RouterSpeaker.GetReceivedRoutes(SpeakerPair.Node).Single().Attributes;
        Assert.Equal([SpeakerPair.ClusterAsn, SpeakerPair.ClusterAsn, SpeakerPair.ClusterAsn], attributes.AsPath.Single().Asns);
        Assert.Equal([0xFDE9_0001u], attributes.Communities);
        Assert.Equal(0, pair.RouterSpeaker.GetSession(SpeakerPair.Node)!.Flaps);
    }

    [Fact]
    public async Task A_soft_reset_sends_everything_again_and_asks_for_the_peers_routes()
    {
        await using SpeakerPair pair = new();
        pair.ClusterSpeaker.SetRoutes([s_route]);
        pair.RouterSpeaker.SetRoutes([new(IPPrefix.Parse("192.0.2.0/24"), new PathSet(SpeakerPair.RouterAddress))]);
        await pair.EstablishAsync();
        await pair.RouterSees(session => session.PathsReceived == 1);
        await pair.Cluster(session => session.PathsReceived == 1);
        long before = pair.RouterSpeaker.GetSession(SpeakerPair.Node)!.Received.Update.Count;
        Assert.True(pair.ClusterSpeaker.ResetSession(SpeakerPair.Router, soft: true));
        await pair.RouterSees(session => session.Received.Update.Count == before + 1 && session.Received.RouteRefresh.Count == 2);
        await pair.Cluster(session => session.PathsReceived == 2);
        Assert.Equal(0, pair.ClusterSpeaker.GetSession(SpeakerPair.Router)!.Flaps);
    }

    [Fact]
    public async Task A_peer_of_another_ASN_is_refused_and_tried_again_later()
    {
        await using SpeakerPair pair = new(peer => peer with { PeerAsn = 65_009 });
        pair.RouterSpeaker.Start();
        pair.ClusterSpeaker.Start();
        BgpSessionInfo session = await pair.Cluster(session => session is { State: BgpSessionState.Idle, LastError: not null });
        Assert.Equal("sent NOTIFICATION 2/2: The peer says AS 65000; 65009 is configured.", session.LastError);
        await pair.RouterSees(session => session.LastError == "received NOTIFICATION 2/2: OPEN Message Error: Bad Peer AS");
        pair.Time.Advance(TimeSpan.FromSeconds(5));
        await pair.Cluster(session => session.Sent.Open.Count == 2);
    }

    [Fact]
    public async Task Our_own_route_sent_back_is_dropped_and_counted()
    {
        await using SpeakerPair pair = new(peer => peer with { KeepReceivedRoutes = true });
        PathAttributes throughUs = new() { AsPath = [new(AsPathSegmentType.Sequence, [65_100, SpeakerPair.ClusterAsn])] };
        pair.RouterSpeaker.SetRoutes(
        [
            new(s_route.Prefix, new PathSet([new RoutePath(SpeakerPair.RouterAddress)], throughUs)),
            new(IPPrefix.Parse("192.0.2.0/24"), new PathSet(SpeakerPair.RouterAddress)),
        ]);
        await pair.EstablishAsync();
        BgpSessionInfo session = await pair.Cluster(session => session.PathsReceived == 1 && session.OwnAsnDropped == 1);
        Assert.Equal(BgpSessionState.Established, session.State);
        Assert.Equal("192.0.2.0/24", pair.ClusterSpeaker.GetReceivedRoutes(SpeakerPair.Router).Single().Prefix.ToString());
    }

    [Fact]
    public async Task Both_may_dial_and_accept_and_one_session_remains()
    {
        await using SpeakerPair pair = new(peer => peer with { Accept = true }, peer => peer with { Connect = true });
        await pair.EstablishAsync();
        pair.ClusterSpeaker.SetRoutes([s_route]);
        await pair.RouterSees(session => session.PathsReceived == 1);
        await pair.ClusterIs(BgpSessionState.Established);
    }

    [Fact]
    public async Task A_refused_connection_is_tried_again_with_back_off()
    {
        await using SpeakerPair pair = new();
        pair.ClusterSpeaker.Start();
        BgpSessionInfo session = await pair.Cluster(session => session is { State: BgpSessionState.Active, LastError: not null });
        Assert.Contains("connection refused", session.LastError);
        pair.RouterSpeaker.Start();
        pair.Time.Advance(TimeSpan.FromSeconds(5));
        await pair.ClusterIs(BgpSessionState.Established);
    }
}
