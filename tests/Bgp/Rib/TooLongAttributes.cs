using System.Net;
using BgpLoadBalancer.Bgp.Rib;
using BgpLoadBalancer.Bgp.Routes;

namespace BgpLoadBalancer.Bgp.Tests.Rib;

/// <summary>Towards a peer without four-octet ASNs a path is written twice (RFC 6793 §4.2.2): what is accepted must fit there too.</summary>
public class TooLongAttributes
{
    private static readonly IPAddress s_nextHop = IPAddress.Parse("10.0.1.1");

    [Theory]
    [InlineData(100)]
    [InlineData(480)]
    public void What_is_accepted_fits_into_a_message_of_every_session(int length)
    {
        RouteTable table = new();
        ExportPolicy policy = new(4_200_000_000, 0, 16, 1, [.. Enumerable.Range(1, 32).Select(i => (uint)i)], [.. Enumerable.Range(1, 32).Select(i => new LargeCommunity((uint)i, 1, 1))]);
        AdjRibOut rib = new(table, policy, [BgpAddressFamily.IPv4Unicast], new(FourOctetAsn: false, AddPathIPv4: true, AddPathIPv6: false, ExtendedMessage: false));
        table.Set(IPPrefix.Parse("203.0.113.1/32"), Through(length));
        BoundedWriter output = new(8_192);
        while (rib.Fill(output))
        {
        }

        Assert.Equal(2, rib.MessagesWritten);
    }

    [Fact]
    public void A_path_that_fits_only_once_is_refused()
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => Through(740));
        Assert.Contains("at most 3000", e.Message);
    }

    private static PathSet Through(int length) => new(
        [new RoutePath(s_nextHop)],
        new PathAttributes
        {
            AsPath = [.. Enumerable.Range(0, length).Select(i => 4_200_000_001u + (uint)i).Chunk(255).Select(asns => new AsPathSegment(AsPathSegmentType.Sequence, [.. asns]))],
        });

    /// <summary>Fails a session that writes without end, before it has eaten the memory.</summary>
    private sealed class BoundedWriter(int most) : System.Buffers.IBufferWriter<byte>
    {
        private readonly byte[] _buffer = new byte[most];
        private int _written;

        public void Advance(int count) => _written += count;

        public Memory<byte> GetMemory(int sizeHint = 0) => _buffer.AsMemory(_written);

        public Span<byte> GetSpan(int sizeHint = 0) => _buffer.AsSpan(_written);
    }
}
