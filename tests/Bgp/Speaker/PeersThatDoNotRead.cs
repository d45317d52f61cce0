using BgpLoadBalancer.Bgp.Routes;
using BgpLoadBalancer.Bgp.Session;
using BgpLoadBalancer.Bgp.Transport;

namespace BgpLoadBalancer.Bgp.Tests.Speaker;

/// <summary>A peer that takes nothing any more holds up nobody: not who waits, not who stops, and not itself for ever.</summary>
public class PeersThatDoNotRead
{
    // OPEN of AS 65001 without hold time and capabilities, and a KEEPALIVE.
    private const string Greeting = "ffffffffffffffffffffffffffffffff001d0104fde900000a00010a00" + "ffffffffffffffffffffffffffffffff001304";

    // What the pipe takes, less OPEN, KEEPALIVE and End-of-RIB; one more is being sent.
    private const int Taken = 64 - 3;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_flush_can_be_given_up()
    {
        await using SpeakerPair pair = new(router: peer => peer with { Families = [BgpAddressFamily.IPv4Unicast] });
        await using IBgpConnection peer = await FillAsync(pair);
        using CancellationTokenSource cancel = new();
        Task flush = pair.RouterSpeaker.FlushAsync(cancel.Token);
        Assert.False(flush.IsCompleted);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => flush);
    }

    [Fact]
    public async Task A_stop_cuts_it_off_after_two_seconds()
    {
        await using SpeakerPair pair = new(router: peer => peer with { Families = [BgpAddressFamily.IPv4Unicast] });
        await using IBgpConnection peer = await FillAsync(pair);
        DateTimeOffset start = pair.Time.GetUtcNow();
        Task stopped = pair.RouterSpeaker.StopAsync(cancellationToken: Stop);
        Assert.False(stopped.IsCompleted);
        while (!stopped.IsCompleted)
        {
            pair.Time.Advance(TimeSpan.FromSeconds(2));
            for (int i = 0; i < 1_000 && !stopped.IsCompleted; i++) await Task.Yield();
        }

        await stopped;
        Assert.NotEqual(start, pair.Time.GetUtcNow());
    }

    [Fact]
    public async Task The_session_ends_after_eight_minutes()
    {
        await using SpeakerPair pair = new(router: peer => peer with { Families = [BgpAddressFamily.IPv4Unicast] });
        await using IBgpConnection peer = await FillAsync(pair);
        pair.Time.Advance(TimeSpan.FromMinutes(8) - TimeSpan.FromSeconds(1));
        Assert.Equal(BgpSessionState.Established, pair.RouterSpeaker.GetSession(SpeakerPair.Node)!.State);
        pair.Time.Advance(TimeSpan.FromSeconds(1));
        BgpSessionInfo session = await pair.RouterSees(session => session.Flaps == 1);
        Assert.Equal("the peer has read nothing for too long", session.LastError);
    }

    private static async Task<IBgpConnection> FillAsync(SpeakerPair pair)
    {
        pair.RouterSpeaker.Start();
        IBgpConnection peer = await pair.Transport.ConnectAsync(new(SpeakerPair.RouterAddress, 179, SpeakerPair.NodeAddress, false, null), Stop);
        await peer.SendAsync(Convert.FromHexString(Greeting), Stop);
        await pair.RouterIs(BgpSessionState.Established);
        await pair.RouterSpeaker.FlushAsync(Stop);
        PathSet paths = new(SpeakerPair.RouterAddress);
        for (int i = 0; i <= Taken; i++)
        {
            int sent = i;
            pair.RouterSpeaker.ApplyRoutes([RouteChange.Announce(IPPrefix.FromIPv4(0xCB007100u + (uint)i, 32), paths)]);
            await pair.RouterSees(session => session.PathsAdvertised == sent + 1);
        }

        return peer;
    }
}
