using System.Net;
using System.Threading.Channels;
using BgpLoadBalancer.Bgp.Session;
using BgpLoadBalancer.Bgp.Transport;
using Microsoft.Extensions.Time.Testing;

namespace BgpLoadBalancer.Bgp.Tests.Speaker;

public class Listeners
{
    private static readonly IPEndPoint s_local = new(IPAddress.Parse("10.0.1.1"), 179);

    private static readonly BgpPeerOptions s_peer = new()
    {
        Name = "node",
        PeerAddress = IPAddress.Parse("10.0.1.10"),
        PeerAsn = 65_001,
        Connect = false,
        Accept = true,
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_caller_who_waits_already_when_accepting_begins_is_not_refused()
    {
        MemoryTransport memory = new();
        OneListener transport = new(Never);
        transport.Accept = async _ =>
        {
            await using IBgpListener listener = memory.Listen(s_local);
            transport.Caller = await memory.ConnectAsync(new(s_local.Address, s_local.Port, s_peer.PeerAddress, false, null), CancellationToken.None);
            transport.Accept = Never;
            return await listener.AcceptAsync(CancellationToken.None);
        };
        FakeTimeProvider time = new();
        BgpSpeaker speaker = new(new() { LocalAsn = 65_000, TimeProvider = time, Transport = transport, Listen = [s_local] });
        speaker.AddPeer(s_peer);
        speaker.Start();
        await speaker.WaitForSessionAsync("node", session => session.State == BgpSessionState.OpenSent, Stop);
        await transport.Caller!.DisposeAsync();
        await speaker.StopAsync(cancellationToken: Stop);
    }

    [Fact]
    public async Task A_listener_that_fails_is_tried_again_by_the_clock_and_stops_at_once()
    {
        OneListener transport = new(static _ => throw new BgpTransportException("too many open files", BgpTransportFault.Other));
        FakeTimeProvider time = new();
        Warnings warnings = new();
        BgpSpeaker speaker = new(new() { LocalAsn = 65_000, TimeProvider = time, Transport = transport, Listen = [s_local], Observer = warnings });
        speaker.Start();
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal("too many open files", await warnings.Seen.Reader.ReadAsync(Stop));
            // The pause begins only after the warning: the clock goes on until it has ended.
            while (warnings.Seen.Reader.Count == 0)
            {
                time.Advance(TimeSpan.FromMilliseconds(100));
                await Task.Yield();
            }
        }

        await speaker.StopAsync(cancellationToken: Stop);
    }

    private static async ValueTask<IBgpConnection> Never(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        throw new NotSupportedException();
    }

    private sealed class Warnings : IBgpObserver
    {
        public Channel<string> Seen { get; } = Channel.CreateUnbounded<string>();

        public void Warning(string? peer, string message) => Seen.Writer.TryWrite(message);
    }

    private sealed class OneListener(Func<CancellationToken, ValueTask<IBgpConnection>> accept) : IBgpTransport, IBgpListener
    {
        public Func<CancellationToken, ValueTask<IBgpConnection>> Accept { get; set; } = accept;

        public IBgpConnection? Caller { get; set; }

        public IPEndPoint EndPoint => s_local;

        public IBgpListener Listen(IPEndPoint endPoint) => this;

        public ValueTask<IBgpConnection> ConnectAsync(BgpConnectionOptions options, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<IBgpConnection> AcceptAsync(CancellationToken cancellationToken) => Accept(cancellationToken);

        public void SetPassword(IPAddress peerAddress, string? password) => throw new NotSupportedException();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
