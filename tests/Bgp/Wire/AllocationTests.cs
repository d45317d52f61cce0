using System.Buffers;
using System.Net;
using BgpLoadBalancer.Bgp.Routes;
using BgpLoadBalancer.Bgp.Wire;

namespace BgpLoadBalancer.Bgp.Tests.Wire;

/// <summary>What runs per prefix and per message allocates nothing.</summary>
public sealed class AllocationTests
{
    private static readonly WireContext s_context = new(FourOctetAsn: true, AddPathIPv4: true, AddPathIPv6: true, ExtendedMessage: false);

    private static readonly PathAttributes s_attributes = new()
    {
        AsPath = [new(AsPathSegmentType.Sequence, [65001, 4_200_000_001]), new(AsPathSegmentType.Set, [1, 2])],
        Med = 5,
        LocalPref = 100,
        AtomicAggregate = true,
        Aggregator = new(4_200_000_001, IPAddress.Loopback),
        Communities = [1, 2],
        ExtendedCommunities = [3],
        LargeCommunities = [new(1, 2, 3)],
        Unknown = [new(0xC0, 200, [1, 2, 3])],
    };

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Prefixes(bool isIPv6, bool addPath)
    {
        IPPrefix[] prefixes = [.. Enumerable.Range(0, 1000).Select(i => isIPv6 ? IPPrefix.FromIPv6((ulong)i << 20, (ulong)i, i % 129) : IPPrefix.FromIPv4((uint)i << 12, i % 33))];
        byte[] buffer = new byte[prefixes.Length * PrefixCodec.MaxEncodedLength];
        long read = 0;
        AssertAllocatesNothing(() =>
        {
            int offset = 0;
            foreach (IPPrefix prefix in prefixes)
            {
                offset += addPath ? PrefixCodec.Write(buffer.AsSpan(offset), prefix, 7) : PrefixCodec.Write(buffer.AsSpan(offset), prefix);
            }

            PrefixReader reader = new(buffer.AsSpan(0, offset), isIPv6 ? BgpAddressFamily.IPv6Unicast : BgpAddressFamily.IPv4Unicast, addPath);
            while (reader.TryRead(out _, out _)) read++;
        });
        Assert.True(read >= 2000);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Writing_attributes(bool fourOctets)
    {
        ArrayBufferWriter<byte> output = new(4096);
        WireContext context = s_context with { FourOctetAsn = fourOctets };
        AssertAllocatesNothing(() =>
        {
            output.ResetWrittenCount();
            AttributeWriter.Write(output, s_attributes, IPAddress.Loopback, context);
            AttributeWriter.WriteMpReachHeader(output, BgpAddressFamily.IPv6Unicast, IPAddress.IPv6Loopback, 100);
            AttributeWriter.WriteMpUnreachHeader(output, BgpAddressFamily.IPv6Unicast, 100);
        });
        Assert.True(output.WrittenCount > 100);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Receiving_an_UPDATE_that_is_only_counted(bool fourOctets)
    {
        WireContext context = s_context with { FourOctetAsn = fourOctets };
        byte[] message = Update(context);
        int prefixes = 0;
        AssertAllocatesNothing(() =>
        {
            Assert.True(MessageFramer.TryRead(message, context, out MessageFrame frame));
            UpdateReader update = UpdateReader.Read(frame.Body);
            AttributeReader.Validate(update.Attributes, context, hasNlri: true);
            bool loop = AttributeReader.ContainsAsn(update.Attributes, context, 64_999);
            bool others = update.TryGetMpReach(out _) || update.TryGetMpUnreach(out _) || update.IsEndOfRib(out _);
            if (loop || others) return;
            PrefixReader reader = new(update.Nlri, BgpAddressFamily.IPv4Unicast, context.AddPathIPv4);
            while (reader.TryRead(out _, out _)) prefixes++;
        });
        Assert.True(prefixes >= 2);
    }

    private static byte[] Update(WireContext context)
    {
        byte[] attributes = MessageBytes.Attributes(s_attributes, IPAddress.Loopback, context);
        byte[] nlri = [0, 0, 0, 1, 24, 10, 0, 0];
        byte[] message = new byte[MessageHeader.Length + 4 + attributes.Length + nlri.Length];
        MessageHeader.Write(message, BgpMessageType.Update, message.Length);
        message[22] = (byte)attributes.Length;
        attributes.CopyTo(message, 23);
        nlri.CopyTo(message, 23 + attributes.Length);
        return message;
    }

    // The first run compiles and fills static fields.
    private static void AssertAllocatesNothing(Action action)
    {
        action();
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
