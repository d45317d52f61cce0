using System.Collections.Immutable;
using System.Text.Json.Serialization;
using BgpLoadBalancer.Advertiser.Check;
using BgpLoadBalancer.Advertiser.Health;

namespace BgpLoadBalancer.Advertiser;

/// <summary>All JSON that others read of us, made without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ImmutableArray<SessionReport>))]
[JsonSerializable(typeof(PeeringReport))]
internal sealed partial class AdvertiserJson : JsonSerializerContext;
