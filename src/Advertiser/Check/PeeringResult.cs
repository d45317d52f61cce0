using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace BgpLoadBalancer.Advertiser.Check;

/// <summary>What a check found about one peer; one line of JSON on stdout. Durations are seconds.</summary>
internal sealed record PeeringResult
{
    [JsonPropertyName("peerIPAddress")]
    public required string PeerIPAddress { get; init; }

    [JsonPropertyName("peerASN")]
    public required uint PeerAsn { get; init; }

    [JsonPropertyName("localIPAddress")]
    public required string LocalIPAddress { get; init; }

    [JsonPropertyName("localASN")]
    public required uint LocalAsn { get; init; }

    public bool TcpConnected { get; init; }

    public bool OpenReceived { get; init; }

    public bool Established { get; init; }

    /// <summary>The state at the end.</summary>
    public required string State { get; init; }

    public double? HoldTime { get; init; }

    public string? PeerBgpIdentifier { get; init; }

    public ImmutableArray<string> Capabilities { get; init; } = [];

    /// <summary>The peer takes several paths a prefix (R7).</summary>
    public bool AddPathReceive { get; init; }

    /// <summary>What the peer was sent; several separated by commas. Null when nothing was.</summary>
    public string? AdvertisedPrefix { get; init; }

    /// <summary>The peer has sent one of the VIPs back (R6), which does no harm.</summary>
    public bool RouteEchoed { get; init; }

    /// <summary>Until the route was sent, or the check was given up.</summary>
    public required double Elapsed { get; init; }

    public required bool Succeeded { get; init; }

    public string? Error { get; init; }

    public string? Advice { get; init; }

    /// <summary>With --hold: what a TCP connection to the VIP on <see cref="Port"/> is answered with.</summary>
    public string? Nonce { get; init; }

    public int? Port { get; init; }
}
