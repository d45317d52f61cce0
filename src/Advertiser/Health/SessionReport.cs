using System.Collections.Immutable;
using System.Text.Json.Serialization;
using BgpLoadBalancer.Bgp;

namespace BgpLoadBalancer.Advertiser.Health;

/// <summary>A session as <c>/sessions</c> shows it: the fields of a BGPSession (R30), then what else is known. Durations are seconds.</summary>
internal sealed record SessionReport
{
    public required string Name { get; init; }

    [JsonPropertyName("localASN")]
    public required uint LocalAsn { get; init; }

    [JsonPropertyName("peerASN")]
    public required uint PeerAsn { get; init; }

    public required string? LocalIP { get; init; }

    public required string PeerIP { get; init; }

    public required string State { get; init; }

    public required DateTimeOffset LastReportTime { get; init; }

    public required ImmutableArray<string> AdvertisedRoutes { get; init; }

    public required string? LastError { get; init; }

    public required DateTimeOffset? EstablishedTime { get; init; }

    public required long Flaps { get; init; }

    /// <summary>The families in which we send several paths a prefix.</summary>
    public required ImmutableArray<string> AddPath { get; init; }

    public required double? HoldTime { get; init; }

    public required double? KeepaliveTime { get; init; }

    public required string? PeerBgpIdentifier { get; init; }

    public required ImmutableArray<string> Families { get; init; }

    public required ImmutableArray<string> PeerCapabilities { get; init; }

    public required long PathsAdvertised { get; init; }

    public required long PathsReceived { get; init; }

    public required long WithdrawalsReceived { get; init; }

    [JsonPropertyName("ownASNDropped")]
    public required long OwnAsnDropped { get; init; }

    public required bool EndOfRibReceived { get; init; }

    public required MessageReport Sent { get; init; }

    public required MessageReport Received { get; init; }

    public static SessionReport Create(BgpSessionInfo session, ImmutableArray<BgpAdvertisedPath> advertised, DateTimeOffset now) => new()
    {
        Name = session.Peer,
        LocalAsn = session.LocalAsn,
        PeerAsn = session.PeerAsn,
        LocalIP = session.LocalAddress?.ToString(),
        PeerIP = session.PeerAddress.ToString(),
        State = session.State.ToString(),
        LastReportTime = now,
        AdvertisedRoutes = [.. advertised.Select(path => path.Prefix.ToString()).Distinct()],
        LastError = session.LastError,
        EstablishedTime = session.EstablishedTime,
        Flaps = session.Flaps,
        AddPath = [.. session.AddPathSend.Select(family => family.ToString())],
        HoldTime = session.HoldTime?.TotalSeconds,
        KeepaliveTime = session.KeepaliveTime?.TotalSeconds,
        PeerBgpIdentifier = session.PeerBgpIdentifier?.ToString(),
        Families = [.. session.Families.Select(family => family.ToString())],
        PeerCapabilities = CapabilityNames.Of(session.PeerCapabilities),
        PathsAdvertised = session.PathsAdvertised,
        PathsReceived = session.PathsReceived,
        WithdrawalsReceived = session.WithdrawalsReceived,
        OwnAsnDropped = session.OwnAsnDropped,
        EndOfRibReceived = session.EndOfRibReceived,
        Sent = MessageReport.Create(session.Sent),
        Received = MessageReport.Create(session.Received),
    };
}

/// <summary>The messages of one direction by type.</summary>
internal sealed record MessageReport(long Open, long Update, long Notification, long Keepalive, long RouteRefresh, DateTimeOffset? Last)
{
    public static MessageReport Create(BgpMessageCounters counters)
    {
        ReadOnlySpan<DateTimeOffset?> times = [counters.Open.Last, counters.Update.Last, counters.Notification.Last, counters.Keepalive.Last, counters.RouteRefresh.Last];
        DateTimeOffset? last = null;
        foreach (DateTimeOffset? time in times) last = last is null || time > last ? time : last;
        return new(counters.Open.Count, counters.Update.Count, counters.Notification.Count, counters.Keepalive.Count, counters.RouteRefresh.Count, last);
    }
}
