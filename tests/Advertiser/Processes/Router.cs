using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Bgp.Session;
using BgpLoadBalancer.Bgp.Wire;

namespace BgpLoadBalancer.Advertiser.Tests.Processes;

/// <summary>A router on loopback: a passive speaker of ours in AS 65000.</summary>
internal sealed class Router : IBgpObserver, IAsyncDisposable
{
    public const uint Asn = 65000;

    private readonly BgpSpeaker _speaker;
    private readonly TaskCompletionSource _notified = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="address">Where it listens, on a free port.</param>
    /// <param name="peerAsn">What it expects of its peers.</param>
    public Router(string address, uint peerAsn, params string[] peers)
    {
        Address = IPAddress.Parse(address);
        _speaker = new(new() { LocalAsn = Asn, BgpIdentifier = Address, Listen = [new(Address, 0)], Observer = this });
        foreach (string peer in peers)
        {
            _speaker.AddPeer(new() { PeerAddress = IPAddress.Parse(peer), PeerAsn = peerAsn, Connect = false, Accept = true, KeepReceivedRoutes = true });
        }

        _speaker.Start();
    }

    public IPAddress Address { get; }

    public int Port => _speaker.ListenEndPoints[0].Port;

    public ConcurrentQueue<NotificationMessage> Notifications { get; } = new();

    /// <summary>The only NOTIFICATION that comes. That a session is down can be seen a moment before the observer hears why.</summary>
    public async Task<NotificationMessage> NotificationAsync()
    {
        await _notified.Task.WaitAsync(AdvertiserProcess.Deadline, TestContext.Current.CancellationToken);
        return Assert.Single(Notifications);
    }

    public ConcurrentQueue<BgpUpdateSummary> Updates { get; } = new();

    public bool WantsUpdates => true;

    /// <summary>The router's entry for a bgpadvertiser's file.</summary>
    public string Peer => $"- {{peerIP: {Address}, peerASN: {Asn}, peerPort: {Port}}}\n";

    public ImmutableArray<BgpReceivedPath> RoutesFrom(string peer) => _speaker.GetReceivedRoutes(peer);

    /// <summary>Waits until the session is so.</summary>
    public async Task<BgpSessionInfo> SessionAsync(string peer, Func<BgpSessionInfo, bool> condition)
    {
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(AdvertiserProcess.Deadline);
        return await _speaker.WaitForSessionAsync(peer, condition, deadline.Token);
    }

    public Task<BgpSessionInfo> EstablishedAsync(string peer) => SessionAsync(peer, session => session.State == BgpSessionState.Established);

    /// <summary>Announces a prefix to all peers.</summary>
    public void Announce(string prefix) => _speaker.SetRoutes([new(IPPrefix.Parse(prefix), new(Address))]);

    public void NotificationReceived(string peer, NotificationMessage notification)
    {
        Notifications.Enqueue(notification);
        _notified.TrySetResult();
    }

    public void UpdateReceived(string peer, BgpUpdateSummary update) => Updates.Enqueue(update);

    public ValueTask DisposeAsync() => _speaker.DisposeAsync();
}
