using System.Collections.Immutable;

namespace BgpLoadBalancer.Bgp.Wire;

/// <summary>Capability codes that we know (IANA "Capability Codes").</summary>
public enum BgpCapabilityCode : byte
{
    MultiProtocol = 1,
    RouteRefresh = 2,
    ExtendedMessage = 6,
    GracefulRestart = 64,
    FourOctetAsn = 65,
    AddPath = 69,
    EnhancedRouteRefresh = 70,
}

/// <summary>A capability of an OPEN (RFC 5492) as it stood on the wire; unknown ones keep their bytes.</summary>
public sealed record BgpCapability(BgpCapabilityCode Code, ImmutableArray<byte> Value)
{
    public bool Equals(BgpCapability? other) => other is not null && Code == other.Code && Value.AsSpan().SequenceEqual(other.Value.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Code, Value.Length);
}
