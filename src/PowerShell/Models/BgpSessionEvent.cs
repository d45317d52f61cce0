using System.Net;

namespace BgpLoadBalancer.PowerShell.Models;

public enum BgpSessionEventKind
{
    StateChanged,
    NotificationSent,
    NotificationReceived,
    Warning,

    /// <summary>A cluster has a session more.</summary>
    Added,

    /// <summary>A cluster has a session less.</summary>
    Removed,
}

/// <summary>Something that happened to a session of a speaker, or of a cluster as its node has reported it.</summary>
/// <param name="Node">The node that holds the session; for a speaker of this process, the speaker. Null when it is about no session.</param>
/// <param name="Peer">The name of the peer; null when it is about nobody configured.</param>
/// <param name="OldState">With StateChanged only.</param>
/// <param name="State">With StateChanged and Added only.</param>
/// <param name="Speaker">Null for a cluster's.</param>
/// <param name="Cluster">Null for a speaker's.</param>
public sealed record BgpSessionEvent(
    DateTimeOffset Time,
    string? Node,
    string? Peer,
    IPAddress? PeerIPAddress,
    BgpSessionEventKind Kind,
    BgpReportedState? OldState,
    BgpReportedState? State,
    string Message,
    string? Speaker,
    string? Cluster)
{
    public override string ToString()
    {
        string lead = Cluster is null ? $"{Peer}" : string.Join(' ', new[] { Node, Peer }.OfType<string>());
        string states = State is null ? "" : OldState is null ? $"{State}" : $"{OldState} -> {State}";
        return $"{lead}: {(states.Length == 0 ? Message : Message.Length == 0 ? states : $"{states} ({Message})")}";
    }
}
