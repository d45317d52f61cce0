using System.Collections.Concurrent;
using System.Net;
using BgpLoadBalancer.Bgp.Session;
using BgpLoadBalancer.Bgp.Transport;
using Microsoft.Extensions.Time.Testing;

namespace BgpLoadBalancer.Bgp.Tests.Speaker;

/// <summary>Attempts to connect that hang, are given up or cannot be configured, and what a reset or a change makes of them.</summary>
public class ConnectionsComeAndGo
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_attempt_without_an_answer_is_reported_and_tried_again()
    {
        Faults faults = new();
        FakeTimeProvider time = new();
        await using BgpSpeaker speaker = Start(new HangingTransport(), time, faults);
        await speaker.WaitForSessionAsync("10.0.1.1", session => session.State == BgpSessionState.Connect, Stop);
        time.Advance(TimeSpan.FromSeconds(10));
        BgpSessionInfo session = await speaker.WaitForSessionAsync("10.0.1.1", session => session.State == BgpSessionState.Active, Stop);
        Assert.Equal("no answer to the connection attempt", session.LastError);
        Assert.Equal(BgpTransportFault.TimedOut, Assert.Single(faults.Seen));
        time.Advance(TimeSpan.FromSeconds(5));
        await speaker.WaitForSessionAsync("10.0.1.1", session => session.State == BgpSessionState.Connect, Stop);
    }

    [Theory]
    [InlineData("stop")]
    [InlineData("remove")]
    [InlineData("reset")]
    [InlineData("do not dial")]
    public async Task An_attempt_is_given_up_at_once(string how)
    {
        HangingTransport transport = new();
        await using BgpSpeaker speaker = Start(transport, new FakeTimeProvider());
        await transport.Dialling.WaitAsync(Stop);
        switch (how)
        {
            case "stop": await speaker.StopAsync(cancellationToken: Stop); break;
            case "remove": await speaker.RemovePeerAsync("10.0.1.1", cancellationToken: Stop); break;
            case "reset": speaker.ResetSession("10.0.1.1"); break;
            default: speaker.UpdatePeer(speaker.Peers.Single() with { Connect = false, Accept = true }); break;
        }

        await transport.GivenUp.WaitAsync(Stop);
        await speaker.StopAsync(cancellationToken: Stop);
    }

    [Fact]
    public async Task A_corrected_peer_is_not_kept_waiting_for_the_errors_of_before()
    {
        await using SpeakerPair pair = new(peer => peer with { PeerAsn = 65_009 });
        pair.RouterSpeaker.Start();
        pair.ClusterSpeaker.Start();
        for (int attempt = 1; attempt <= 6; attempt++)
        {
            int attempts = attempt;
            await pair.Cluster(session => session.State == BgpSessionState.Idle && session.Sent.Notification.Count == attempts);
            if (attempt < 6) pair.Time.Advance(TimeSpan.FromMinutes(2));
        }

        Assert.True(pair.ClusterSpeaker.UpdatePeer(pair.ToRouter with { PeerAsn = SpeakerPair.RouterAsn }));
        await pair.ClusterIs(BgpSessionState.Active);
        pair.Time.Advance(pair.ToRouter.ConnectRetryTime);
        await pair.ClusterIs(BgpSessionState.Established);
    }

    [Fact]
    public async Task A_reset_ends_an_idle_hold_of_a_peer_that_only_accepts()
    {
        await using SpeakerPair pair = new(peer => peer with { LocalAsn = 65_009 });
        pair.RouterSpeaker.Start();
        pair.ClusterSpeaker.Start();
        await pair.RouterSees(session => session is { State: BgpSessionState.Idle, LastError: not null });
        Assert.True(pair.RouterSpeaker.ResetSession(SpeakerPair.Node));
        await pair.RouterIs(BgpSessionState.Active);
    }

    [Fact]
    public async Task An_accepted_connection_that_cannot_be_configured_is_dropped_and_the_session_goes_on()
    {
        MemoryTransport memory = new();
        await using BgpSpeaker speaker = new(new() { LocalAsn = 65_000, TimeProvider = new FakeTimeProvider(), Transport = new UnconfigurableTransport(memory), Listen = [new(SpeakerPair.RouterAddress, 179)] });
        speaker.AddPeer(new() { PeerAddress = SpeakerPair.NodeAddress, PeerAsn = 65_001, Connect = false, Accept = true });
        speaker.Start();
        for (int attempt = 0; attempt < 2; attempt++)
        {
            await using IBgpConnection caller = await memory.ConnectAsync(new(SpeakerPair.RouterAddress, 179, SpeakerPair.NodeAddress, false, null), Stop);
            Assert.Equal(0, await caller.ReceiveAsync(new byte[64], Stop));
        }

        BgpSessionInfo session = Assert.Single(speaker.GetSessions());
        Assert.Equal(BgpSessionState.Active, session.State);
        Assert.Equal("no TTL security here", session.LastError);
    }

    [Fact]
    public async Task Stopping_works_before_the_start_and_twice_and_ends_the_rest()
    {
        BgpSpeaker speaker = new(new() { LocalAsn = 65_001, Transport = new MemoryTransport() });
        speaker.AddPeer(new() { PeerAddress = SpeakerPair.RouterAddress, PeerAsn = 65_000 });
        Task<BgpSessionInfo> waiting = speaker.WaitForSessionAsync("10.0.1.1", session => session.State == BgpSessionState.Established, Stop);
        await speaker.StopAsync(cancellationToken: Stop);
        await speaker.DisposeAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Throws<ObjectDisposedException>(speaker.Start);
        Assert.False(speaker.ResetSession("10.0.1.1"));
        Assert.False(await speaker.RemovePeerAsync("10.0.1.1", cancellationToken: Stop));
        await speaker.FlushAsync(Stop);
    }

    [Fact]
    public async Task Waiting_can_be_cancelled()
    {
        await using SpeakerPair pair = new();
        using CancellationTokenSource cancel = new();
        Task<BgpSessionInfo> waiting = pair.ClusterSpeaker.WaitForSessionAsync(SpeakerPair.Router, session => session.State == BgpSessionState.Established, cancel.Token);
        await cancel.CancelAsync();
        Assert.Equal(cancel.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting)).CancellationToken);
    }

    private static BgpSpeaker Start(IBgpTransport transport, FakeTimeProvider time, IBgpObserver? observer = null)
    {
        BgpSpeaker speaker = new(new() { LocalAsn = 65_001, TimeProvider = time, Transport = transport, Seed = 1, Observer = observer });
        speaker.AddPeer(new() { PeerAddress = SpeakerPair.RouterAddress, PeerAsn = 65_000 });
        speaker.Start();
        return speaker;
    }

    private sealed class Faults : IBgpObserver
    {
        public ConcurrentQueue<BgpTransportFault> Seen { get; } = [];

        public void ConnectionFailed(string peer, BgpTransportFault fault, string message) => Seen.Enqueue(fault);
    }

    /// <summary>Nobody ever answers.</summary>
    private sealed class HangingTransport : IBgpTransport
    {
        private readonly TaskCompletionSource _dialling = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _givenUp = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Dialling => _dialling.Task;

        public Task GivenUp => _givenUp.Task;

        public async ValueTask<IBgpConnection> ConnectAsync(BgpConnectionOptions options, CancellationToken cancellationToken)
        {
            _dialling.TrySetResult();
            try
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
            finally
            {
                _givenUp.TrySetResult();
            }

            throw new NotSupportedException();
        }

        public IBgpListener Listen(IPEndPoint endPoint) => throw new NotSupportedException();
    }

    private sealed class UnconfigurableTransport(MemoryTransport memory) : IBgpTransport
    {
        public ValueTask<IBgpConnection> ConnectAsync(BgpConnectionOptions options, CancellationToken cancellationToken) => throw new NotSupportedException();

        public IBgpListener Listen(IPEndPoint endPoint) => new Listener(memory.Listen(endPoint));

        private sealed class Listener(IBgpListener inner) : IBgpListener
        {
            public IPEndPoint EndPoint => inner.EndPoint;

            public async ValueTask<IBgpConnection> AcceptAsync(CancellationToken cancellationToken) => new Connection(await inner.AcceptAsync(cancellationToken));

            public void SetPassword(IPAddress peerAddress, string? password) => inner.SetPassword(peerAddress, password);

            public ValueTask DisposeAsync() => inner.DisposeAsync();
        }

        private sealed class Connection(IBgpConnection inner) : IBgpConnection
        {
            public IPEndPoint LocalEndPoint => inner.LocalEndPoint;

            public IPEndPoint RemoteEndPoint => inner.RemoteEndPoint;

            public ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken) => inner.ReceiveAsync(buffer, cancellationToken);

            public ValueTask SendAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken) => inner.SendAsync(buffer, cancellationToken);

            public void CompleteSending() => inner.CompleteSending();

            public void Configure(BgpConnectionOptions options) => throw new BgpTransportException("no TTL security here", BgpTransportFault.Other);

            public ValueTask DisposeAsync() => inner.DisposeAsync();
        }
    }
}
