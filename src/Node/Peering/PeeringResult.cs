using System.Collections.Immutable;
using System.Net;
using BgpLoadBalancer.Bgp.Session;
using BgpLoadBalancer.Bgp.Wire;

namespace BgpLoadBalancer.Node.Peering;

/// <summary>What came of an attempt, stage by stage.</summary>
public sealed record PeeringResult
{
    public required PeeringRequest Request { get; init; }

    /// <summary>The session's source; null when this host has no way to the peer.</summary>
    public IPAddress? LocalAddress { get; init; }

    public bool TcpConnected { get; init; }

    public bool OpenReceived { get; init; }

    public bool Established { get; init; }

    /// <summary>At the end.</summary>
    public BgpSessionState State { get; init; }

    /// <summary>As negotiated; null before the peer's OPEN.</summary>
    public TimeSpan? HoldTime { get; init; }

    public IPAddress? PeerBgpIdentifier { get; init; }

    public ImmutableArray<BgpCapability> Capabilities { get; init; } = [];

    /// <summary>The peer takes several paths a prefix for IPv4 (R7).</summary>
    public bool AddPathReceive { get; init; }

    /// <summary>What the peer was sent.</summary>
    public ImmutableArray<IPAddress> Advertised { get; init; } = [];

    /// <summary>The peer has sent one of them back (R6), which does no harm.</summary>
    public bool RouteEchoed { get; init; }

    /// <summary>Until Established and advertised, or the attempt was given up.</summary>
    public TimeSpan Elapsed { get; init; }

    public bool Succeeded => Error is null;

    public string? Error { get; init; }

    /// <summary>What to look at; also after a success that could be better.</summary>
    public string? Advice { get; init; }
}
