using System.Collections.Immutable;
using System.Net;
using BgpLoadBalancer.Bgp;

namespace BgpLoadBalancer.Advertiser.Configuration;

/// <summary>What the file says, checked. Equal by value.</summary>
internal sealed record AdvertiserConfig(IPAddress LocalIP, uint LocalAsn, ImmutableArray<PeerConfig> Peers)
{
    public bool Equals(AdvertiserConfig? other) =>
        other is not null && LocalIP.Equals(other.LocalIP) && LocalAsn == other.LocalAsn && Peers.AsSpan().SequenceEqual(other.Peers.AsSpan());

    public override int GetHashCode() => HashCode.Combine(LocalIP, LocalAsn, Peers.Length);
}

/// <summary>One entry of <c>peers</c>.</summary>
internal sealed record PeerConfig(IPAddress PeerIP, uint PeerAsn)
{
    public int PeerPort { get; init; } = BgpPeerOptions.DefaultPort;

    /// <summary>The TCP MD5 key, from <c>password</c> or <c>passwordFile</c>.</summary>
    public string? Password { get; init; }

    /// <summary>0 (no keepalives), or 3 to 65535 s.</summary>
    public TimeSpan HoldTime { get; init; } = TimeSpan.FromSeconds(90);

    public bool TtlSecurity { get; init; }

    // Without the password.
    public override string ToString() => $"{PeerIP}:{PeerPort} AS{PeerAsn}";
}
