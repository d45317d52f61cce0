using System.Collections.Immutable;
using System.Text.Json.Serialization;
using BgpLoadBalancer.Advertiser.Health;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Node.Peering;

namespace BgpLoadBalancer.Advertiser.Check;

/// <summary>What a check found about one peer; one line of JSON on stdout. Durations are seconds.</summary>
internal sealed record PeeringReport
{
    [JsonPropertyName("peerIPAddress")]
    public required string PeerIPAddress { get; init; }

    [JsonPropertyName("peerASN")]
    public required uint PeerAsn { get; init; }

    [JsonPropertyName("localIPAddress")]
    public required string? LocalIPAddress { get; init; }

    [JsonPropertyName("localASN")]
    public required uint LocalAsn { get; init; }

    public required bool TcpConnected { get; init; }

    public required bool OpenReceived { get; init; }

    public required bool Established { get; init; }

    /// <summary>The state at the end.</summary>
    public required string State { get; init; }

    public required double? HoldTime { get; init; }

    public required string? PeerBgpIdentifier { get; init; }

    public required ImmutableArray<string> Capabilities { get; init; }

    /// <summary>The peer takes several paths a prefix (R7).</summary>
    public required bool AddPathReceive { get; init; }

    /// <summary>What the peer was sent; several separated by commas. Null when nothing was.</summary>
    public required string? AdvertisedPrefix { get; init; }

    /// <summary>The peer has sent one of the VIPs back (R6), which does no harm.</summary>
    public required bool RouteEchoed { get; init; }

    /// <summary>Until the route was sent, or the check was given up.</summary>
    public required double Elapsed { get; init; }

    public required bool Succeeded { get; init; }

    public required string? Error { get; init; }

    public required string? Advice { get; init; }

    /// <summary>With --hold: what a TCP connection to the VIP on <see cref="Port"/> is answered with.</summary>
    public string? Nonce { get; init; }

    public int? Port { get; init; }

    public static PeeringReport Create(PeeringResult result) => new()
    {
        PeerIPAddress = result.Request.PeerAddress.ToString(),
        PeerAsn = result.Request.PeerAsn,
        LocalIPAddress = result.LocalAddress?.ToString(),
        LocalAsn = result.Request.LocalAsn,
        TcpConnected = result.TcpConnected,
        OpenReceived = result.OpenReceived,
        Established = result.Established,
        State = result.State.ToString(),
        HoldTime = result.HoldTime?.TotalSeconds,
        PeerBgpIdentifier = result.PeerBgpIdentifier?.ToString(),
        Capabilities = CapabilityNames.Of(result.Capabilities),
        AddPathReceive = result.AddPathReceive,
        AdvertisedPrefix = result.Advertised.IsEmpty ? null : string.Join(',', result.Advertised.Select(IPPrefix.Host)),
        RouteEchoed = result.RouteEchoed,
        Elapsed = Math.Round(result.Elapsed.TotalSeconds, 6),
        Succeeded = result.Succeeded,
        Error = result.Error,
        Advice = result.Advice,
    };
}
