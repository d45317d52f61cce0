using BgpLoadBalancer.Bgp.Transport;

namespace BgpLoadBalancer.Bgp.Session;

/// <summary>What can be posted to a session's loop.</summary>
internal enum SessionEventType : byte
{
    Start,
    Stop,
    Reset,
    Reconfigure,
    Dialled,
    DialFailed,
    Accepted,
    Received,
    Sent,
    Lost,
    TimersDue,
    RoutesChanged,
    Refresh,
}

/// <summary>One posted event; a value, since those of traffic are many.</summary>
/// <param name="Subject">What it is about: a connection, a command's parameters.</param>
internal readonly record struct SessionEvent(SessionEventType Type, object? Subject = null, string? Text = null)
{
    /// <summary>Distinguishes an attempt to dial from an earlier one that was given up.</summary>
    public int Attempt { get; init; }

    public static SessionEvent Received(SessionConnection connection) => new(SessionEventType.Received, connection);

    public static SessionEvent Sent(SessionConnection connection) => new(SessionEventType.Sent, connection);

    public static SessionEvent Lost(SessionConnection connection, string reason) => new(SessionEventType.Lost, connection, reason);

    public static SessionEvent Dialled(IBgpConnection connection, int attempt) => new(SessionEventType.Dialled, connection) { Attempt = attempt };

    public static SessionEvent DialFailed(BgpTransportException fault, int attempt) => new(SessionEventType.DialFailed, fault) { Attempt = attempt };
}

/// <summary>How a session is to stop; <paramref name="Done"/> completes when its connections are closed.</summary>
internal sealed record StopRequest(BgpStopMode Mode, byte CeaseSubcode, TaskCompletionSource Done);
