using System.Collections.Immutable;
using System.Net;
using BgpLoadBalancer.Bgp.Transport;

namespace BgpLoadBalancer.Bgp;

/// <summary>What holds for a speaker whatever its peers.</summary>
public sealed record BgpSpeakerOptions
{
    /// <summary>The ASN of peers that name none.</summary>
    public uint LocalAsn { get; init; }

    /// <summary>The BGP Identifier of peers that name none; null takes each session's local IPv4 address (R3).</summary>
    public IPAddress? BgpIdentifier { get; init; }

    /// <summary>Where connections are accepted; empty accepts none. Port 0 lets the host choose: see <see cref="BgpSpeaker.ListenEndPoints"/>.</summary>
    public ImmutableArray<IPEndPoint> Listen { get; init; } = [];

    /// <summary>The seed of the timers' jitter (RFC 4271 §10); null takes one from the system.</summary>
    public int? Seed { get; init; }

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Null is TCP.</summary>
    public IBgpTransport? Transport { get; init; }

    /// <summary>Told of what happens, on the session's own loop: it must not block.</summary>
    public IBgpObserver? Observer { get; init; }
}
