using BgpLoadBalancer.Bgp.Transport;
using BgpLoadBalancer.Bgp.Wire;

namespace BgpLoadBalancer.Bgp.Session;

/// <summary>
/// What an observer is to be told, in order, until the session's lock is free: an observer may look at any session, and two that
/// look at each other's would wait for each other for ever. Used by the loop alone.
/// </summary>
internal sealed class ObserverCalls(IBgpObserver observer) : IBgpObserver
{
    private readonly Queue<Action<IBgpObserver>> _calls = new();

    public bool WantsUpdates => observer.WantsUpdates;

    /// <summary>Makes one call. An observer that throws hears of it as a warning: its fault must end no session and no loop.</summary>
    public static void Make(IBgpObserver observer, Action<IBgpObserver> call)
    {
        try
        {
            call(observer);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            try
            {
                observer.Warning(null, $"the observer has thrown: {fault.Message}");
            }
            catch (Exception again) when (again is not OutOfMemoryException)
            {
                // It takes no warning either, and there is nobody else to tell.
            }
        }
    }

    /// <summary>Makes the calls that have come together. Not under the lock.</summary>
    public void Deliver()
    {
        while (_calls.TryDequeue(out Action<IBgpObserver>? call)) Make(observer, call);
    }

    public void StateChanged(BgpStateChange change) => _calls.Enqueue(observer => observer.StateChanged(change));

    public void ConnectionFailed(string peer, BgpTransportFault fault, string message) => _calls.Enqueue(observer => observer.ConnectionFailed(peer, fault, message));

    public void NotificationSent(string peer, NotificationMessage notification) => _calls.Enqueue(observer => observer.NotificationSent(peer, notification));

    public void NotificationReceived(string peer, NotificationMessage notification) => _calls.Enqueue(observer => observer.NotificationReceived(peer, notification));

    public void UpdateSent(string peer, BgpUpdateSummary update) => _calls.Enqueue(observer => observer.UpdateSent(peer, update));

    public void UpdateReceived(string peer, BgpUpdateSummary update) => _calls.Enqueue(observer => observer.UpdateReceived(peer, update));

    public void Warning(string? peer, string message) => _calls.Enqueue(observer => observer.Warning(peer, message));
}
