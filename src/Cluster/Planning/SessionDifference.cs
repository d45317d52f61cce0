using System.Collections.Immutable;
using System.Globalization;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Planning;

/// <summary>What a session that stays is made with before and after a change, for people: only what differs.</summary>
internal static class SessionDifference
{
    /// <summary>Null when nothing differs.</summary>
    /// <param name="before">As <paramref name="after"/>, part by part.</param>
    public static PlanStep? Step(string name, string[] before, string[] after, string reason)
    {
        int[] different = [.. Enumerable.Range(0, after.Length).Where(part => before[part] != after[part])];
        return different.Length == 0 ? null : new(PlanStepAction.Change, PlanStepKind.Session, name, Of(before), Of(after), reason);

        string Of(string[] parts) => string.Join(", ", different.Select(part => parts[part]));
    }

    public static string[] Parts(ControlPlaneSession session) => [Autonomous(session.LocalAsn, session.PeerAsn), Port(session.PeerPort), session.Vip?.ToString() ?? "no route", $"node {session.Node}"];

    public static string[] Parts(ServiceSession session) =>
    [
        Autonomous(session.LocalAsn, session.Peer.Asn),
        Port(session.Peer.Port),
        string.Create(CultureInfo.InvariantCulture, $"rank {session.Rank}"),
        .. Options(session.Peer.Resource),
    ];

    private static string Autonomous(uint local, uint peer) => string.Create(CultureInfo.InvariantCulture, $"AS{local} to AS{peer}");

    private static string Port(int port) => string.Create(CultureInfo.InvariantCulture, $"port {port}");

    // The extensions of R28: what the session is made with, and what its routes carry.
    private static IEnumerable<string> Options(BgpPeerResource? peer)
    {
        (string Name, object? Value, string Absent)[] options =
        [
            ("hold time", peer?.HoldTime, "default"), ("keepalive time", peer?.KeepaliveTime, "default"), ("connect retry time", peer?.ConnectRetryTime, "default"),
            ("TTL security", peer?.TtlSecurity, "default"), ("password from Secret", peer?.PasswordSecret, "none"), ("graceful restart", peer?.GracefulRestart, "default"),
            ("MED", peer?.Med, "none"), ("prepend", peer?.Prepend, "none"), ("communities", Joined(peer?.Communities), "none"), ("large communities", Joined(peer?.LargeCommunities), "none"),
        ];
        return options.Select(option => string.Create(CultureInfo.InvariantCulture, $"{option.Name} {option.Value ?? option.Absent}"));
    }

    private static string? Joined(ImmutableArray<string>? items) => items is { IsEmpty: false } some ? string.Join(" ", some) : null;
}
