using System.Net;
using BgpLoadBalancer.Bgp.Transport;

namespace BgpLoadBalancer.Bgp.Tests.Speaker;

/// <summary>A listener has one key for each remote address, whichever peers of that address come and go.</summary>
public class PasswordsOfListeners
{
    private static readonly IPAddress s_router = IPAddress.Parse("10.0.1.1");

    // Two sessions of one router, to two addresses of ours.
    private static readonly BgpPeerOptions s_signed = Peer("signed", "10.0.1.10") with { Password = "one" };
    private static readonly BgpPeerOptions s_plain = Peer("plain", "10.0.1.11");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_peer_without_a_password_leaves_the_key_of_another_at_its_address()
    {
        await using BgpSpeaker speaker = Start(out KeyedTransport transport, s_signed);
        speaker.AddPeer(s_plain);
        Assert.Equal("one", transport.Keys[s_router]);
        Assert.True(speaker.UpdatePeer(s_plain with { Med = 5 }));
        Assert.Equal("one", transport.Keys[s_router]);
        Assert.True(await speaker.RemovePeerAsync("plain", cancellationToken: Stop));
        Assert.Equal("one", transport.Keys[s_router]);
        Assert.True(await speaker.RemovePeerAsync("signed", cancellationToken: Stop));
        Assert.Empty(transport.Keys);
    }

    [Fact]
    public async Task A_changed_password_replaces_the_key_and_one_that_is_taken_away_goes()
    {
        await using BgpSpeaker speaker = Start(out KeyedTransport transport, s_signed);
        Assert.Equal("one", transport.Keys[s_router]);
        speaker.UpdatePeer(s_signed with { Password = "two" });
        Assert.Equal("two", transport.Keys[s_router]);
        speaker.UpdatePeer(s_signed with { Password = "two", PeerAddress = IPAddress.Parse("10.0.1.2") });
        Assert.Equal([IPAddress.Parse("10.0.1.2")], transport.Keys.Keys);
        speaker.UpdatePeer(s_signed with { Password = null });
        Assert.Empty(transport.Keys);
    }

    [Fact]
    public async Task A_key_that_the_host_refuses_leaves_nothing_open_and_no_peer()
    {
        await using BgpSpeaker speaker = new(new() { LocalAsn = 65_001, Transport = new KeyedTransport { Refuses = true }, Listen = [new(IPAddress.Loopback, 179)] });
        speaker.AddPeer(s_signed);
        Assert.Throws<BgpTransportException>(speaker.Start);
        Assert.Empty(speaker.ListenEndPoints);
        Assert.True(await speaker.RemovePeerAsync("signed", cancellationToken: Stop));
        speaker.Start();
        Assert.Throws<BgpTransportException>(() => speaker.AddPeer(s_signed));
        Assert.Empty(speaker.Peers);
        speaker.AddPeer(s_plain);
    }

    private static BgpPeerOptions Peer(string name, string local) => new()
    {
        Name = name,
        PeerAddress = s_router,
        PeerAsn = 65_000,
        LocalAddress = IPAddress.Parse(local),
        Connect = false,
        Accept = true,
    };

    private static BgpSpeaker Start(out KeyedTransport transport, BgpPeerOptions peer)
    {
        transport = new KeyedTransport();
        BgpSpeaker speaker = new(new() { LocalAsn = 65_001, Transport = transport, Listen = [new(IPAddress.Loopback, 179)] });
        speaker.AddPeer(peer);
        speaker.Start();
        return speaker;
    }

    /// <summary>A transport of one listener, whose keys can be looked at.</summary>
    private sealed class KeyedTransport : IBgpTransport, IBgpListener
    {
        public Dictionary<IPAddress, string> Keys { get; } = [];

        public bool Refuses { get; init; }

        public IPEndPoint EndPoint { get; } = new(IPAddress.Loopback, 179);

        public IBgpListener Listen(IPEndPoint endPoint) => this;

        public ValueTask<IBgpConnection> ConnectAsync(BgpConnectionOptions options, CancellationToken cancellationToken) => throw new NotSupportedException();

        public async ValueTask<IBgpConnection> AcceptAsync(CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new NotSupportedException();
        }

        public void SetPassword(IPAddress peerAddress, string? password)
        {
            if (Refuses) throw new BgpTransportException("no keys here", BgpTransportFault.Other);
            if (password is null) Assert.True(Keys.Remove(peerAddress), "the kernel refuses to remove a key that is not there");
            else Keys[peerAddress] = password;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
