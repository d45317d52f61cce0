using System.Collections.Concurrent;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Bgp.Session;
using BgpLoadBalancer.Bgp.Transport;
using BgpLoadBalancer.Bgp.Wire;
using BgpLoadBalancer.Cluster.Control;

namespace BgpLoadBalancer.Node.Agent;

/// <summary>Puts what happens to sessions into the log, and wakes whoever reports them.</summary>
internal sealed class AgentObserver(Action changed, Action<ControlEvent> report) : IBgpObserver
{
    // A peer that is away is dialled again and again: one line is enough until something else happens.
    private readonly ConcurrentDictionary<string, string> _lastFailures = new(StringComparer.Ordinal);

    public void StateChanged(BgpStateChange change)
    {
        if (change.New == BgpSessionState.Established) _ = _lastFailures.TryRemove(change.Peer, out _);
        bool lost = change.Old == BgpSessionState.Established;
        if (lost || change.New == BgpSessionState.Established) report(new(lost ? ControlEventLevel.Warning : ControlEventLevel.Information, $"{change.Old} -> {change.New}: {change.Reason}", Subject(change.Peer)));
        changed();
    }

    public void ConnectionFailed(string peer, BgpTransportFault fault, string message)
    {
        if (!_lastFailures.TryGetValue(peer, out string? last) || last != message) report(new(ControlEventLevel.Warning, "no connection; it is tried again", Subject(peer), message));
        _lastFailures[peer] = message;
        changed();
    }

    public void NotificationSent(string peer, NotificationMessage notification) => report(new(ControlEventLevel.Information, $"sent NOTIFICATION {notification.Meaning}", Subject(peer)));

    public void NotificationReceived(string peer, NotificationMessage notification) => report(new(ControlEventLevel.Warning, $"received NOTIFICATION {notification.Meaning}", Subject(peer)));

    public void Warning(string? peer, string message) => report(new(ControlEventLevel.Warning, message, peer is null ? "" : Subject(peer)));

    private static string Subject(string peer) => $"Session {peer}";
}
