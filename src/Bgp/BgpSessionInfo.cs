using System.Collections.Immutable;
using System.Net;
using BgpLoadBalancer.Bgp.Session;
using BgpLoadBalancer.Bgp.Wire;

namespace BgpLoadBalancer.Bgp;

/// <summary>How many messages of one type went one way, and when the last one did.</summary>
public readonly record struct BgpMessageCounter(long Count, DateTimeOffset? Last);

/// <summary>The messages of one direction, by type, since the peer was configured.</summary>
public sealed record BgpMessageCounters(
    BgpMessageCounter Open,
    BgpMessageCounter Update,
    BgpMessageCounter Notification,
    BgpMessageCounter Keepalive,
    BgpMessageCounter RouteRefresh)
{
    public long Total => Open.Count + Update.Count + Notification.Count + Keepalive.Count + RouteRefresh.Count;
}

/// <summary>A peer's session at one moment.</summary>
public sealed record BgpSessionInfo
{
    public required string Peer { get; init; }

    public required IPAddress PeerAddress { get; init; }

    /// <summary>Where the peer is dialled.</summary>
    public int PeerPort { get; init; }

    public required uint PeerAsn { get; init; }

    /// <summary>The configured address, or the connection's while there is one.</summary>
    public IPAddress? LocalAddress { get; init; }

    public required uint LocalAsn { get; init; }

    public required BgpSessionState State { get; init; }

    /// <summary>Why the last connection or attempt ended; null when none has.</summary>
    public string? LastError { get; init; }

    /// <summary>Null unless Established.</summary>
    public DateTimeOffset? EstablishedTime { get; init; }

    /// <summary>How often the session has left Established.</summary>
    public long Flaps { get; init; }

    /// <summary>The negotiated hold time; zero is none, null is not negotiated.</summary>
    public TimeSpan? HoldTime { get; init; }

    public TimeSpan? KeepaliveTime { get; init; }

    public IPAddress? PeerBgpIdentifier { get; init; }

    /// <summary>The capabilities of the peer's OPEN, empty before it came.</summary>
    public ImmutableArray<BgpCapability> PeerCapabilities { get; init; } = [];

    /// <summary>The families that both sides speak.</summary>
    public ImmutableArray<BgpAddressFamily> Families { get; init; } = [];

    /// <summary>The families in which we send several paths a prefix.</summary>
    public ImmutableArray<BgpAddressFamily> AddPathSend { get; init; } = [];

    public ImmutableArray<BgpAddressFamily> AddPathReceive { get; init; } = [];

    /// <summary>Paths that the peer has from us: prefixes, times next hops with ADD-PATH.</summary>
    public long PathsAdvertised { get; init; }

    /// <summary>Paths in UPDATEs of this session, announced and not yet withdrawn where they are kept; else a count of announcements.</summary>
    public long PathsReceived { get; init; }

    public long WithdrawalsReceived { get; init; }

    /// <summary>Announcements dropped because our ASN is in the path (R6).</summary>
    public long OwnAsnDropped { get; init; }

    /// <summary>True once the peer has sent End-of-RIB for every family (RFC 4724 §2).</summary>
    public bool EndOfRibReceived { get; init; }

    public required BgpMessageCounters Sent { get; init; }

    public required BgpMessageCounters Received { get; init; }
}

/// <summary>A path that a peer has sent us and that is kept (<see cref="BgpPeerOptions.KeepReceivedRoutes"/>).</summary>
public sealed record BgpReceivedPath(string Peer, IPPrefix Prefix, uint PathId, IPAddress NextHop, Routes.PathAttributes Attributes);

/// <summary>A path that a peer has from us. <paramref name="PathId"/> is null where ADD-PATH was not negotiated.</summary>
public sealed record BgpAdvertisedPath(string Peer, IPPrefix Prefix, uint? PathId, IPAddress NextHop, Routes.PathAttributes Attributes);
