using System.Buffers;
using System.Collections.Immutable;
using System.Net;
using BgpLoadBalancer.Bgp.Routes;
using BgpLoadBalancer.Bgp.Wire;
using CsCheck;

namespace BgpLoadBalancer.Bgp.Tests.Wire;

/// <summary>What is written is read back the same.</summary>
public sealed class RoundTripTests
{
    [Fact]
    public void Open() => Generators.Open.Sample(open =>
    {
        ArrayBufferWriter<byte> output = new();
        open.Write(output);
        Assert.True(MessageFramer.TryRead(output.WrittenSpan, default, out MessageFrame frame));
        Assert.Equal(output.WrittenCount, frame.Length);
        Assert.Equal(open, OpenMessage.Read(frame.Body));
    });

    [Fact]
    public void Attributes_in_a_four_octet_session() =>
        Gen.Select(Generators.Attributes, Generators.NextHop).Sample((attributes, nextHop) => AssertSame(attributes, nextHop, new WireContext { FourOctetAsn = true }));

    [Fact]
    public void Attributes_in_a_two_octet_session() =>
        Gen.Select(Generators.Attributes, Generators.NextHop).Sample((attributes, nextHop) => AssertSame(attributes, nextHop, default));

    [Fact]
    public void ContainsAsn_finds_what_is_in_the_path_and_nothing_else() =>
        Gen.Select(Generators.Attributes, Generators.Context, Generators.Asn).Sample((attributes, context, stranger) =>
        {
            byte[] written = MessageBytes.Attributes(attributes, null, context);
            HashSet<uint> asns = [.. attributes.AsPath.SelectMany(segment => segment.Asns)];
            Assert.All(asns, asn => Assert.True(AttributeReader.ContainsAsn(written, context, asn)));
            Assert.Equal(asns.Contains(stranger), AttributeReader.ContainsAsn(written, context, stranger));
        });

    [Fact]
    public void IPv4_prefixes() => Gen.Select(Generators.IPv4Prefix, Gen.UInt).Array[0, 50].Sample(entries => AssertSame(entries, BgpAddressFamily.IPv4Unicast));

    [Fact]
    public void IPv6_prefixes() => Gen.Select(Generators.IPv6Prefix, Gen.UInt).Array[0, 50].Sample(entries => AssertSame(entries, BgpAddressFamily.IPv6Unicast));

    [Fact]
    public void Capabilities_with_a_value() => Gen.Select(
        Gen.Enum<BgpAddressFamily>(), Gen.OneOf(AddPathMode.Receive, AddPathMode.Send, AddPathMode.Both), Gen.UInt, Gen.Bool, Gen.Bool, Gen.UShort[0, 4095]).Sample(
        (family, mode, asn, restarted, forwarding, time) =>
        {
            GracefulRestartCapability restart = new(restarted, !restarted, time, [new(family, forwarding)]);
            ImmutableArray<BgpCapability> offered =
            [
                Capabilities.MultiProtocol(family), Capabilities.AddPath(new AddPathFamily(family, mode)), Capabilities.FourOctetAsn(asn), restart.ToCapability(),
            ];
            Assert.Equal([family], Capabilities.ReadMultiProtocol(offered));
            Assert.Equal([new AddPathFamily(family, mode)], Capabilities.ReadAddPath(offered));
            Assert.Equal(asn, Capabilities.ReadFourOctetAsn(offered));
            Assert.Equal(restart, GracefulRestartCapability.Read(offered));
        });

    private static void AssertSame(PathAttributes attributes, IPAddress nextHop, WireContext context)
    {
        byte[] written = MessageBytes.Attributes(attributes, nextHop, context);
        PathAttributes read = AttributeReader.Read(written, context, hasNlri: true, out IPAddress? readNextHop);
        Assert.Equal(attributes, read);
        Assert.Equal(nextHop, readNextHop);
    }

    private static void AssertSame((IPPrefix Prefix, uint PathId)[] entries, BgpAddressFamily family)
    {
        foreach (bool addPath in (bool[])[false, true])
        {
            // Exactly as much room as is needed, so that the last ones are written without any to spare.
            byte[] bytes = new byte[entries.Sum(entry => PrefixCodec.EncodedLength(entry.Prefix, addPath))];
            int offset = 0;
            foreach ((IPPrefix prefix, uint pathId) in entries)
            {
                offset += addPath ? PrefixCodec.Write(bytes.AsSpan(offset), prefix, pathId) : PrefixCodec.Write(bytes.AsSpan(offset), prefix);
            }

            Assert.Equal(bytes.Length, offset);
            PrefixReader reader = new(bytes, family, addPath);
            foreach ((IPPrefix prefix, uint pathId) in entries)
            {
                Assert.True(reader.TryRead(out IPPrefix readPrefix, out uint readPathId));
                Assert.Equal(prefix, readPrefix);
                Assert.Equal(addPath ? pathId : 0, readPathId);
            }

            Assert.False(reader.TryRead(out _, out _));
        }
    }
}
