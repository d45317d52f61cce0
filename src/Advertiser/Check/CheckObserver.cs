using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Bgp.Wire;

namespace BgpLoadBalancer.Advertiser.Check;

/// <summary>Follows every peer's progress, and passes all on to the log.</summary>
internal sealed class CheckObserver(IBgpObserver log, IReadOnlyDictionary<string, PeeringProgress> progress) : IBgpObserver
{
    // The echo is seen in them.
    public bool WantsUpdates => true;

    public void StateChanged(BgpStateChange change)
    {
        progress[change.Peer].StateChanged(change.New);
        log.StateChanged(change);
    }

    public void NotificationSent(string peer, NotificationMessage notification)
    {
        progress[peer].NotificationSent(notification);
        log.NotificationSent(peer, notification);
    }

    public void NotificationReceived(string peer, NotificationMessage notification)
    {
        progress[peer].NotificationReceived(notification);
        log.NotificationReceived(peer, notification);
    }

    public void UpdateSent(string peer, BgpUpdateSummary update) => log.UpdateSent(peer, update);

    public void UpdateReceived(string peer, BgpUpdateSummary update)
    {
        progress[peer].UpdateReceived(update);
        log.UpdateReceived(peer, update);
    }

    public void Warning(string? peer, string message) => log.Warning(peer, message);
}
