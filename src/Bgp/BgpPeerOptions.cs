using System.Collections.Immutable;
using System.Net;

namespace BgpLoadBalancer.Bgp;

/// <summary>Which ways of ADD-PATH are offered to a peer (RFC 7911 §4), for every family of the session.</summary>
[Flags]
public enum AddPathMode
{
    None = 0,
    Receive = 1,
    Send = 2,
    Both = Receive | Send,
}

/// <summary>Graceful restart as we offer it (RFC 4724 §3, R24).</summary>
/// <param name="RestartTime">0 to 4,095 s: how long the peer keeps our routes without a session.</param>
public sealed record GracefulRestartOptions(TimeSpan RestartTime)
{
    /// <summary>R24: 120 s.</summary>
    public static GracefulRestartOptions Default { get; } = new(TimeSpan.FromSeconds(120));
}

/// <summary>A configured peer. Immutable; give a changed copy to <see cref="BgpSpeaker.UpdatePeer"/>.</summary>
public sealed record BgpPeerOptions
{
    /// <summary>RFC 4271 §8.2.1.</summary>
    public const int DefaultPort = 179;

    /// <summary>The key of the peer within its speaker; by default the peer's address.</summary>
    public string Name { get => field ?? PeerAddress.ToString(); init; }

    /// <summary>IPv4 (R4).</summary>
    public required IPAddress PeerAddress { get; init; }

    /// <summary>The port that is dialled.</summary>
    public int PeerPort { get; init; } = DefaultPort;

    public required uint PeerAsn { get; init; }

    /// <summary>0 takes the speaker's.</summary>
    public uint LocalAsn { get; init; }

    /// <summary>The source address of the session; null lets the host choose when dialling, and accepts on any.</summary>
    public IPAddress? LocalAddress { get; init; }

    /// <summary>Our BGP Identifier on this session, an IPv4 address; null takes the speaker's, or else the session's local address (R3).</summary>
    public IPAddress? BgpIdentifier { get; init; }

    /// <summary>Dial the peer.</summary>
    public bool Connect { get; init; } = true;

    /// <summary>Accept connections from the peer on the speaker's listeners.</summary>
    public bool Accept { get; init; }

    /// <summary>0, or 3 to 65,535 s (RFC 4271 §4.2). 0 turns keepalives off.</summary>
    public TimeSpan HoldTime { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>Null is a third of the negotiated hold time. Never longer than that third.</summary>
    public TimeSpan? KeepaliveTime { get; init; }

    /// <summary>The first pause between attempts; it doubles up to two minutes (R42).</summary>
    public TimeSpan ConnectRetryTime { get; init; } = TimeSpan.FromSeconds(5);

    public ImmutableArray<BgpAddressFamily> Families { get; init; } = [BgpAddressFamily.IPv4Unicast, BgpAddressFamily.IPv6Unicast];

    public AddPathMode AddPath { get; init; } = AddPathMode.Send;

    /// <summary>Which of a route's ordered next hops goes out where ADD-PATH is not: number k of n takes k mod n (R8).</summary>
    public int PathRank { get; init; }

    /// <summary>Null does not offer the capability.</summary>
    public GracefulRestartOptions? GracefulRestart { get; init; }

    public bool ExtendedMessage { get; init; } = true;

    /// <summary>GTSM (RFC 5082): send with TTL 255, accept nothing below. For directly connected peers only.</summary>
    public bool TtlSecurity { get; init; }

    /// <summary>TCP MD5 (RFC 2385) key, at most 80 octets of UTF-8; null is none. Never shown nor logged.</summary>
    public string? Password { get; init; }

    /// <summary>Keep the peer's routes, for <see cref="BgpSpeaker.GetReceivedRoutes"/>; otherwise they are only counted.</summary>
    public bool KeepReceivedRoutes { get; init; }

    /// <summary>Overrides MULTI_EXIT_DISC on what this peer is sent.</summary>
    public uint? Med { get; init; }

    /// <summary>How often the local ASN is put in front once more (0 to 16).</summary>
    public int Prepend { get; init; }

    /// <summary>Added to the communities of every route that this peer is sent.</summary>
    public ImmutableArray<uint> Communities { get; init; } = [];

    public ImmutableArray<Routes.LargeCommunity> LargeCommunities { get; init; } = [];

    private bool PrintMembers(System.Text.StringBuilder builder)
    {
        builder.Append(System.Globalization.CultureInfo.InvariantCulture, $"Name = {Name}, Peer = {PeerAddress}:{PeerPort} AS{PeerAsn}, Local = {LocalAddress} AS{LocalAsn}");
        return true;
    }
}
