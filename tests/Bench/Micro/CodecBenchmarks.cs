using System.Buffers;
using System.Net;
using BenchmarkDotNet.Attributes;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Bgp.Rib;
using BgpLoadBalancer.Bgp.Routes;
using BgpLoadBalancer.Bgp.Wire;

namespace BgpLoadBalancer.Bench.Micro;

/// <summary>Routes to bytes and back.</summary>
public class CodecBenchmarks
{
    private static readonly WireContext s_context = new(FourOctetAsn: true, AddPathIPv4: false, AddPathIPv6: false, ExtendedMessage: false);
    private readonly byte[] _field = new byte[SampleRoutes.Count * PrefixCodec.MaxEncodedLength];
    private readonly byte[] _updates = Encode();

    [Benchmark(OperationsPerInvoke = SampleRoutes.Count, Description = "encode NLRI")]
    public int EncodePrefixes()
    {
        Span<byte> rest = _field;
        foreach (ref readonly Route route in SampleRoutes.All.AsSpan())
        {
            IPPrefix prefix = route.Prefix;
            rest = rest[PrefixCodec.Write(rest, prefix)..];
        }

        return rest.Length;
    }

    [Benchmark(OperationsPerInvoke = SampleRoutes.Count, Description = "decode UPDATEs: header, fields, attributes checked, prefixes")]
    public int DecodeUpdates()
    {
        ReadOnlySpan<byte> rest = _updates;
        int count = 0;
        while (MessageFramer.TryRead(rest, s_context, out MessageFrame frame))
        {
            UpdateReader update = UpdateReader.Read(frame.Body);
            AttributeReader.Validate(update.Attributes, s_context, hasNlri: !update.Nlri.IsEmpty);
            PrefixReader prefixes = new(update.Nlri, BgpAddressFamily.IPv4Unicast, addPath: false);
            while (prefixes.TryRead(out _, out _)) count++;
            rest = rest[frame.Length..];
        }

        return count == SampleRoutes.Count ? count : throw new BenchException($"{count} prefixes were decoded out of {SampleRoutes.Count}.");
    }

    private static byte[] Encode()
    {
        RouteTable table = new();
        ArrayBufferWriter<byte> output = new();
        lock (table.Sync) table.Replace(SampleRoutes.All);
        AdjRibOut session = DifferenceBenchmarks.NewSession(table);
        while (session.Fill(output))
        {
        }

        return output.WrittenSpan.ToArray();
    }
}
