using System.Text.Json.Serialization;

namespace BgpLoadBalancer.Node.ControlPlane;

/// <summary>What we read of a session in bgpadvertiser's <c>/sessions</c>: the fields of a BGPSession (R30). Others are passed over.</summary>
internal sealed record SessionJson
{
    public required string PeerIP { get; init; }

    public required string? LocalIP { get; init; }

    [JsonPropertyName("localASN")]
    public required uint LocalAsn { get; init; }

    [JsonPropertyName("peerASN")]
    public required uint PeerAsn { get; init; }

    public required string State { get; init; }

    public required string[] AdvertisedRoutes { get; init; }

    public string? LastError { get; init; }

    public DateTimeOffset? EstablishedTime { get; init; }

    public long Flaps { get; init; }

    public string[] AddPath { get; init; } = [];
}

/// <summary>Read without reflection; what is null must be allowed to be.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(SessionJson[]))]
internal sealed partial class AdvertiserJson : JsonSerializerContext;
