using System.Collections.Immutable;
using BgpLoadBalancer.Bgp.Wire;

namespace BgpLoadBalancer.Advertiser.Health;

/// <summary>Capabilities in words: the name, or the number of one that we do not know.</summary>
internal static class CapabilityNames
{
    public static ImmutableArray<string> Of(ImmutableArray<BgpCapability> capabilities) =>
        [.. capabilities.Select(capability => Enum.IsDefined(capability.Code) ? capability.Code.ToString() : $"Capability {(byte)capability.Code}").Distinct()];
}
