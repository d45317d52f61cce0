using System.Buffers;
using System.Net;
using BgpLoadBalancer.Bgp.Routes;

namespace BgpLoadBalancer.Bgp.Wire;

/// <summary>Writes path attributes (RFC 4271 §4.3).</summary>
public static class AttributeWriter
{
    public static int EncodedLength(PathAttributes attributes, IPAddress? nextHop, in WireContext context) =>
        throw new NotImplementedException();

    public static void Write(IBufferWriter<byte> output, PathAttributes attributes, IPAddress? nextHop, in WireContext context) =>
        throw new NotImplementedException();

    public static int MpReachHeaderLength(BgpAddressFamily family) => throw new NotImplementedException();

    public static int MpUnreachHeaderLength => throw new NotImplementedException();

    public static void WriteMpReachHeader(IBufferWriter<byte> output, BgpAddressFamily family, IPAddress nextHop, int nlriLength) =>
        throw new NotImplementedException();

    public static void WriteMpUnreachHeader(IBufferWriter<byte> output, BgpAddressFamily family, int withdrawnLength) =>
        throw new NotImplementedException();
}
