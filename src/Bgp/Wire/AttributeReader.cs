using System.Net;
using BgpLoadBalancer.Bgp.Routes;

namespace BgpLoadBalancer.Bgp.Wire;

/// <summary>Checks and reads the path attributes of an UPDATE (RFC 4271 §6.3).</summary>
public static class AttributeReader
{
    public static PathAttributes Read(ReadOnlySpan<byte> attributes, in WireContext context, bool hasNlri, out IPAddress? nextHop) =>
        throw new NotImplementedException();

    public static void Validate(ReadOnlySpan<byte> attributes, in WireContext context, bool hasNlri) =>
        throw new NotImplementedException();

    public static bool ContainsAsn(ReadOnlySpan<byte> attributes, in WireContext context, uint asn) =>
        throw new NotImplementedException();
}
