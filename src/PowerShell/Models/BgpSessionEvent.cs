using System.Net;
using BgpLoadBalancer.Bgp.Session;

namespace BgpLoadBalancer.PowerShell.Models;

public enum BgpSessionEventKind
{
    StateChanged,
    NotificationSent,
    NotificationReceived,
    Warning,
}

/// <summary>Something that happened to a session.</summary>
/// <param name="Peer">The name of the peer; null when it is about nobody configured.</param>
/// <param name="OldState">With StateChanged only, like <paramref name="State"/>.</param>
public sealed record BgpSessionEvent(
    DateTimeOffset Time,
    string Speaker,
    string? Peer,
    IPAddress? PeerIPAddress,
    BgpSessionEventKind Kind,
    BgpSessionState? OldState,
    BgpSessionState? State,
    string Message)
{
    public override string ToString() => State is null ? $"{Peer}: {Message}" : $"{Peer}: {OldState} -> {State} ({Message})";
}
