using System.Collections.Concurrent;
using System.Globalization;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Bgp.Wire;

namespace BgpLoadBalancer.Interop.Tests.Speakers;

/// <summary>Keeps what a speaker tells, for messages of failed tests.</summary>
internal sealed class RecordingObserver : IBgpObserver
{
    private readonly ConcurrentQueue<string> _lines = [];

    public string Text => string.Join('\n', _lines);

    public void StateChanged(BgpStateChange change) => Add($"{change.Peer}: {change.Old} -> {change.New}: {change.Reason}");

    public void NotificationSent(string peer, NotificationMessage notification) => Add($"{peer}: sent {notification}");

    public void NotificationReceived(string peer, NotificationMessage notification) => Add($"{peer}: received {notification}");

    public void Warning(string? peer, string message) => Add($"{peer}: {message}");

    private void Add(string line) => _lines.Enqueue($"{DateTime.UtcNow.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture)} {line}");
}
