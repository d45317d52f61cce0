using System.Collections.Immutable;
using System.Net;
using BgpLoadBalancer.Bgp.Session;
using BgpLoadBalancer.Bgp.Transport;
using BgpLoadBalancer.Bgp.Wire;

namespace BgpLoadBalancer.Bgp;

/// <summary>A peer went from one state to another.</summary>
/// <param name="Reason">A sentence for people: the event that did it and its cause.</param>
public readonly record struct BgpStateChange(string Peer, IPAddress PeerAddress, BgpSessionState Old, BgpSessionState New, string Reason, DateTimeOffset Time);

/// <summary>An UPDATE as people want to read it. One message carries one set of attributes, so one next hop.</summary>
public sealed record BgpUpdateSummary(ImmutableArray<string> Nlri, ImmutableArray<string> Withdrawals, IPAddress? NextHop, bool EndOfRib);

/// <summary>Hears of everything worth a log line. Called on the loop of the session concerned, which goes on only afterwards: must return soon. It may ask the speaker for any session.</summary>
public interface IBgpObserver
{
    /// <summary>Whether <see cref="UpdateSent"/> and <see cref="UpdateReceived"/> are wanted; describing a message costs more than sending it.</summary>
    bool WantsUpdates => false;

    void StateChanged(BgpStateChange change)
    {
    }

    /// <summary>An attempt to connect came to nothing.</summary>
    void ConnectionFailed(string peer, BgpTransportFault fault, string message)
    {
    }

    void NotificationSent(string peer, NotificationMessage notification)
    {
    }

    void NotificationReceived(string peer, NotificationMessage notification)
    {
    }

    void UpdateSent(string peer, BgpUpdateSummary update)
    {
    }

    void UpdateReceived(string peer, BgpUpdateSummary update)
    {
    }

    /// <summary>Something that ends nothing but that an operator should see: a refused connection, a dropped route of ours.</summary>
    void Warning(string? peer, string message)
    {
    }
}
