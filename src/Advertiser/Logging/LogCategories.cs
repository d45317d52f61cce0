namespace BgpLoadBalancer.Advertiser.Logging;

/// <summary>What stands in <c>logger</c>.</summary>
internal static class LogCategories
{
    public const string Advertiser = "BGPAdvertiser";
    public const string Speaker = "BGPSpeaker";
    public const string Health = "HealthCheck";
    public const string Check = "PeeringCheck";
}
