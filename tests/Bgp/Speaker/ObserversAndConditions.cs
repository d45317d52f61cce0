using System.Collections.Concurrent;
using BgpLoadBalancer.Bgp.Session;

namespace BgpLoadBalancer.Bgp.Tests.Speaker;

/// <summary>What callers hand in runs beside the sessions: it may look at all of them, and its faults are its own.</summary>
public class ObserversAndConditions
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_observer_that_throws_costs_no_session_and_no_stop()
    {
        Thrower thrower = new();
        await using SpeakerPair pair = new(observer: thrower);
        await pair.EstablishAsync();
        Assert.Equal(0, pair.ClusterSpeaker.GetSession(SpeakerPair.Router)!.Flaps);
        Assert.NotEmpty(thrower.Warnings);
        Assert.All(thrower.Warnings, warning => Assert.Contains("state changed, said the test", warning));
    }

    [Fact]
    public async Task Observers_of_several_sessions_may_all_look_at_all_sessions()
    {
        using Meeting meeting = new();
        await using SpeakerPair pair = new(observer: meeting);
        meeting.Speaker = pair.ClusterSpeaker;
        pair.ClusterSpeaker.AddPeer(pair.ToRouter with { Name = "second", PeerPort = 180 });
        pair.ClusterSpeaker.Start();
        await meeting.BothLooked.WaitAsync(Stop);
    }

    [Fact]
    public async Task A_condition_that_throws_fails_the_wait_alone()
    {
        await using SpeakerPair pair = new();
        Task<BgpSessionInfo> wait = pair.Cluster(session => session.State == BgpSessionState.Established ? throw new InvalidOperationException("mine") : false);
        await pair.EstablishAsync();
        Assert.Equal("mine", (await Assert.ThrowsAsync<InvalidOperationException>(() => wait)).Message);
        Assert.True(pair.ClusterSpeaker.ResetSession(SpeakerPair.Router));
        await pair.Cluster(session => session.Flaps == 1);
    }

    [Fact]
    public async Task What_a_wait_gives_satisfies_its_condition()
    {
        await using SpeakerPair pair = new();
        pair.RouterSpeaker.Start();
        // Nothing in the way of these states but the other messages of the exchange, which come at once.
        Task<BgpSessionInfo>[] waits = [.. Enumerable.Range(0, 50).Select(_ => pair.Cluster(session => session.State == BgpSessionState.OpenSent))];
        pair.ClusterSpeaker.Start();
        Assert.All(await Task.WhenAll(waits), session => Assert.Equal(BgpSessionState.OpenSent, session.State));
    }

    private sealed class Thrower : IBgpObserver
    {
        public ConcurrentQueue<string> Warnings { get; } = [];

        public void StateChanged(BgpStateChange change) => throw new InvalidOperationException("state changed, said the test");

        public void Warning(string? peer, string message)
        {
            Warnings.Enqueue(message);
            throw new InvalidOperationException("and once more");
        }
    }

    /// <summary>Two sessions' first failures meet, and then each looks at both sessions.</summary>
    private sealed class Meeting : IBgpObserver, IDisposable
    {
        private readonly Barrier _both = new(2);
        private readonly TaskCompletionSource _bothLooked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _looked;

        public BgpSpeaker? Speaker { get; set; }

        public Task BothLooked => _bothLooked.Task;

        public void ConnectionFailed(string peer, BgpLoadBalancer.Bgp.Transport.BgpTransportFault fault, string message)
        {
            _both.SignalAndWait(Stop);
            if (Speaker!.GetSessions().Length == 2 && Interlocked.Increment(ref _looked) == 2) _bothLooked.TrySetResult();
        }

        public void Dispose() => _both.Dispose();
    }
}
