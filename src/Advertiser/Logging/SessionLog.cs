using System.Collections.Concurrent;
using System.Collections.Immutable;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Bgp.Wire;
using Microsoft.Extensions.Logging;

namespace BgpLoadBalancer.Advertiser.Logging;

/// <summary>Writes what happens on the sessions into the log.</summary>
internal sealed class SessionLog(ILogger logger, TimeProvider timeProvider) : IBgpObserver
{
    /// <summary>More prefixes than these are counted, not listed.</summary>
    public const int ListedPrefixes = 20;

    private const int ReceivedLines = 50;
    private static readonly TimeSpan ReceivedPeriod = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, LineBudget> _budgets = new(StringComparer.Ordinal);

    public bool WantsUpdates => logger.IsEnabled(LogLevel.Information);

    public void StateChanged(BgpStateChange change) => logger.Event(
        LogLevel.Information,
        "state changed",
        ("peer", change.Peer),
        ("old", FsmStateNames.Of(change.Old)),
        ("new", FsmStateNames.Of(change.New)),
        ("reason", change.Reason));

    public void NotificationSent(string peer, NotificationMessage notification) => Notification("sent notification", peer, notification);

    public void NotificationReceived(string peer, NotificationMessage notification) => Notification("received notification", peer, notification);

    public void UpdateSent(string peer, BgpUpdateSummary update) => Update(LogLevel.Information, "sent update", peer, update, suppressed: 0);

    public void UpdateReceived(string peer, BgpUpdateSummary update)
    {
        LineBudget budget = _budgets.GetOrAdd(peer, _ => new(ReceivedLines, ReceivedPeriod, timeProvider));
        LogLevel level = budget.TryTake(out long suppressed) ? LogLevel.Information : LogLevel.Debug;
        Update(level, "received update", peer, update, suppressed);
    }

    public void Warning(string? peer, string message) => logger.Event(LogLevel.Warning, message, ("peer", peer));

    private void Notification(string message, string peer, NotificationMessage notification) => logger.Event(
        LogLevel.Warning,
        message,
        ("peer", peer),
        ("code", (byte)notification.Code),
        ("subcode", notification.Subcode),
        ("meaning", notification.Meaning),
        ("text", notification.ShutdownText));

    private void Update(LogLevel level, string message, string peer, BgpUpdateSummary update, long suppressed) => logger.Event(
        level,
        message,
        ("peer", peer),
        ("nlri", Listed(update.Nlri)),
        ("nlriTotal", update.Nlri.Length > ListedPrefixes ? update.Nlri.Length : null),
        ("withdrawals", Listed(update.Withdrawals)),
        ("withdrawalsTotal", update.Withdrawals.Length > ListedPrefixes ? update.Withdrawals.Length : null),
        ("nextHop", update.NextHop),
        ("endOfRib", update.EndOfRib ? true : null),
        ("notLogged", suppressed > 0 ? suppressed : null));

    private static ImmutableArray<string> Listed(ImmutableArray<string> prefixes) => prefixes.Length <= ListedPrefixes ? prefixes : prefixes[..ListedPrefixes];
}
