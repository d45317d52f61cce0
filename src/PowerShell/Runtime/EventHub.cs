using System.Collections.Immutable;
using System.Threading.Channels;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Bgp.Wire;
using BgpLoadBalancer.PowerShell.Models;

namespace BgpLoadBalancer.PowerShell.Runtime;

/// <summary>Hands what happens in a speaker to everybody who watches it. One who falls behind loses the oldest events, never the memory of the process.</summary>
internal sealed class EventHub(string speaker, TimeProvider time) : IBgpObserver
{
    private const int MaxWaiting = 10_000;

    private ImmutableArray<ChannelWriter<BgpSessionEvent>> _watchers = [];

    /// <summary>How many subscriptions there are.</summary>
    public int Watchers => _watchers.Length;

    /// <summary>Everything from now on, until the subscription is disposed.</summary>
    public Subscription Subscribe()
    {
        Channel<BgpSessionEvent> channel = Channel.CreateBounded<BgpSessionEvent>(new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        ImmutableInterlocked.Update(ref _watchers, static (watchers, writer) => watchers.Add(writer), channel.Writer);
        return new Subscription(this, channel);
    }

    /// <summary>Ends all watching: the speaker has stopped.</summary>
    public void Complete()
    {
        foreach (ChannelWriter<BgpSessionEvent> watcher in _watchers) watcher.TryComplete();
    }

    public void StateChanged(BgpStateChange change) => Publish(
        new(change.Time, speaker, change.Peer, change.PeerAddress, BgpSessionEventKind.StateChanged, (BgpReportedState)change.Old, (BgpReportedState)change.New, change.Reason, speaker, null));

    public void NotificationSent(string peer, NotificationMessage notification) =>
        Publish(Note(peer, BgpSessionEventKind.NotificationSent, Describe(notification)));

    public void NotificationReceived(string peer, NotificationMessage notification) =>
        Publish(Note(peer, BgpSessionEventKind.NotificationReceived, Describe(notification)));

    public void Warning(string? peer, string message) => Publish(Note(peer, BgpSessionEventKind.Warning, message));

    private static string Describe(NotificationMessage notification) =>
        $"{(byte)notification.Code}/{notification.Subcode}: {notification.Meaning}{(notification.ShutdownText is { } text ? $" (\"{text}\")" : "")}";

    private BgpSessionEvent Note(string? peer, BgpSessionEventKind kind, string text) => new(time.GetUtcNow(), speaker, peer, null, kind, null, null, text, speaker, null);

    private void Publish(BgpSessionEvent happened)
    {
        foreach (ChannelWriter<BgpSessionEvent> watcher in _watchers) watcher.TryWrite(happened);
    }

    internal sealed class Subscription(EventHub hub, Channel<BgpSessionEvent> channel) : IDisposable
    {
        public ChannelReader<BgpSessionEvent> Reader => channel.Reader;

        public void Dispose() =>
            ImmutableInterlocked.Update(ref hub._watchers, static (watchers, writer) => watchers.Remove(writer), channel.Writer);
    }
}
