using System.Collections.Immutable;
using System.Net;
using BgpLoadBalancer.Bgp;

namespace BgpLoadBalancer.Node.Peering;

/// <summary>One peering to try (R40, R41).</summary>
public sealed record PeeringRequest
{
    public required IPAddress PeerAddress { get; init; }

    public required uint PeerAsn { get; init; }

    public required uint LocalAsn { get; init; }

    /// <summary>Null: the address that this host would use to reach the peer.</summary>
    public IPAddress? LocalAddress { get; init; }

    public int Port { get; init; } = BgpPeerOptions.DefaultPort;

    /// <summary>Announced as /32 with the local address as next hop; may be empty.</summary>
    public ImmutableArray<IPAddress> Advertise { get; init; } = [];

    public string? Password { get; init; }

    public bool TtlSecurity { get; init; }

    public TimeSpan HoldTime { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>For everything up to Established.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the peer may take to send an announced prefix back. FRR gathers for a second before it sends.</summary>
    public TimeSpan EchoTime { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Try although this host has a session between these addresses already.</summary>
    public bool Force { get; init; }
}
