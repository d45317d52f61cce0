using BgpLoadBalancer.Bgp.Session;

namespace BgpLoadBalancer.Bgp.Tests.Speaker;

/// <summary>R24: a new holder of an address connects while the router still believes in the session of the dead one.</summary>
public class TakeOver
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task With_graceful_restart_the_new_holder_is_accepted_at_once()
    {
        await using SpeakerPair pair = new(
            peer => peer with { GracefulRestart = GracefulRestartOptions.Default },
            peer => peer with { GracefulRestart = GracefulRestartOptions.Default });
        await pair.EstablishAsync();
        pair.Transport.CutAll();
        await using BgpSpeaker successor = Successor(pair);
        await successor.WaitForSessionAsync(SpeakerPair.Router, session => session.State == BgpSessionState.Established, Stop);
        await pair.RouterSees(session => session is { State: BgpSessionState.Established, Flaps: 1 });
        Assert.Null(successor.GetSession(SpeakerPair.Router)!.LastError);
    }

    [Fact]
    public async Task Without_it_the_new_holder_tries_every_second_until_the_router_has_noticed()
    {
        await using SpeakerPair pair = new();
        await pair.EstablishAsync();
        pair.Transport.CutAll();
        await using BgpSpeaker successor = Successor(pair);
        for (int attempt = 1; attempt < 10; attempt++)
        {
            int attempts = attempt;
            BgpSessionInfo session = await successor.WaitForSessionAsync(
                SpeakerPair.Router,
                session => session.State == BgpSessionState.Active && session.Received.Notification.Count == attempts,
                Stop);
            Assert.Contains("6/7: Cease: Connection Collision Resolution", session.LastError);
            pair.Time.Advance(TimeSpan.FromSeconds(1));
        }

        pair.Time.Advance(TimeSpan.FromSeconds(81));
        await pair.RouterSees(session => session.Flaps == 1);
        await successor.WaitForSessionAsync(SpeakerPair.Router, session => session.State == BgpSessionState.Active || session.State == BgpSessionState.Established, Stop);
        pair.Time.Advance(TimeSpan.FromSeconds(1));
        await successor.WaitForSessionAsync(SpeakerPair.Router, session => session.State == BgpSessionState.Established, Stop);
    }

    private static BgpSpeaker Successor(SpeakerPair pair)
    {
        BgpSpeaker successor = new(new() { LocalAsn = SpeakerPair.ClusterAsn, TimeProvider = pair.Time, Transport = pair.Transport, Seed = 3 });
        successor.AddPeer(pair.ToRouter);
        successor.Start();
        return successor;
    }
}
