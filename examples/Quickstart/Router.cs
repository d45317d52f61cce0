using System.Collections.Concurrent;
using System.Net;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Bgp.Session;
using BgpLoadBalancer.Bgp.Wire;

namespace BgpLoadBalancer.Quickstart;

/// <summary>The router of the quickstart: a speaker that waits for its neighbors and keeps what they announce.</summary>
internal sealed class Router : IBgpObserver, IAsyncDisposable
{
    public const uint Asn = 65000;
    public const uint NodeAsn = 65500;

    private readonly BgpSpeaker _speaker;
    private readonly ConcurrentQueue<(string Peer, string Prefix)> _withdrawals = new();
    private readonly ConcurrentDictionary<string, NotificationMessage> _notifications = new();

    /// <param name="nodes">The addresses of its neighbors.</param>
    public Router(params IEnumerable<IPAddress> nodes)
    {
        _speaker = new(new() { LocalAsn = Asn, BgpIdentifier = Address, Listen = [new(Address, 0)], Observer = this });
        foreach (IPAddress node in nodes)
        {
            _speaker.AddPeer(new() { PeerAddress = node, PeerAsn = NodeAsn, Connect = false, Accept = true, KeepReceivedRoutes = true, AddPath = AddPathMode.Receive });
        }

        _speaker.Start();
    }

    public static IPAddress Address { get; } = IPAddress.Loopback;

    public int Port => _speaker.ListenEndPoints[0].Port;

    public bool WantsUpdates => true;

    public IReadOnlyList<BgpSessionInfo> Sessions => _speaker.GetSessions();

    public IReadOnlyList<BgpReceivedPath> Routes => [.. _speaker.GetSessions().SelectMany(session => _speaker.GetReceivedRoutes(session.Peer))];

    public Task<BgpSessionInfo> WaitAsync(IPAddress node, Func<BgpSessionInfo, bool> condition, CancellationToken cancellationToken) =>
        _speaker.WaitForSessionAsync(node.ToString(), condition, cancellationToken);

    public static bool IsUp(BgpSessionInfo session) => session.State == BgpSessionState.Established;

    /// <summary>Whether the node has taken the prefix back in so many words, not just gone away.</summary>
    public bool WasWithdrawn(IPAddress node, IPPrefix prefix) => _withdrawals.Contains((node.ToString(), prefix.ToString()));

    /// <summary>The NOTIFICATION with which the node's session ended; null when there was none.</summary>
    public NotificationMessage? Farewell(IPAddress node) => _notifications.GetValueOrDefault(node.ToString());

    public void NotificationReceived(string peer, NotificationMessage notification) => _notifications[peer] = notification;

    public void UpdateReceived(string peer, BgpUpdateSummary update)
    {
        // With ADD-PATH the path identifier stands behind the prefix.
        foreach (string withdrawal in update.Withdrawals) _withdrawals.Enqueue((peer, withdrawal.Split(' ')[0]));
    }

    public ValueTask DisposeAsync() => _speaker.DisposeAsync();
}
