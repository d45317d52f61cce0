using System.Buffers;
using System.Net;
using BgpLoadBalancer.Bgp.Rib;
using BgpLoadBalancer.Bgp.Routes;
using BgpLoadBalancer.Bgp.Wire;

namespace BgpLoadBalancer.Bgp.Tests.Rib;

/// <summary>RFC 2918: what a peer asks for is sent again, and no more.</summary>
public class RefreshScope
{
    private static readonly WireContext s_context = new(true, true, true, false);

    private readonly RouteTable _table = new();
    private readonly AdjRibOut _rib;

    public RefreshScope()
    {
        _rib = new AdjRibOut(_table, new ExportPolicy(65_001, 0, 0, null, [], []), [BgpAddressFamily.IPv4Unicast, BgpAddressFamily.IPv6Unicast], s_context);
        _table.Set(IPPrefix.Parse("203.0.113.1/32"), new PathSet(IPAddress.Parse("10.0.1.1"), IPAddress.Parse("10.0.1.2")));
        _table.Set(IPPrefix.Parse("2001:db8::1/128"), new PathSet(IPAddress.Parse("2001:db8:1::1")));
        Announced();
    }

    [Theory]
    [InlineData(BgpAddressFamily.IPv4Unicast, 2)]
    [InlineData(BgpAddressFamily.IPv6Unicast, 1)]
    public void One_family_is_sent_again(BgpAddressFamily family, int paths)
    {
        _rib.Refresh(family);
        Assert.Equal(paths, Announced());
    }

    [Fact]
    public void Two_families_asked_for_together_are_both_sent()
    {
        _rib.Refresh(BgpAddressFamily.IPv4Unicast);
        _rib.Refresh(BgpAddressFamily.IPv6Unicast);
        Assert.Equal(3, Announced());
    }

    [Fact]
    public void A_family_that_was_not_negotiated_is_ignored_and_widens_nothing()
    {
        _rib.Refresh((BgpAddressFamily)((1 << 16) | 128));
        Assert.False(_rib.HasWork);
        _rib.Refresh(BgpAddressFamily.IPv6Unicast);
        _rib.Refresh((BgpAddressFamily)((1 << 16) | 128));
        Assert.Equal(1, Announced());
    }

    [Fact]
    public void What_is_withdrawn_before_its_turn_is_withdrawn_once_and_not_sent_again()
    {
        _rib.Refresh(null);
        _table.Set(IPPrefix.Parse("203.0.113.1/32"), null);
        Assert.Equal(1, Announced());
        Assert.Equal(1, _rib.PathsAdvertised);
    }

    private int Announced()
    {
        ArrayBufferWriter<byte> output = new();
        while (_rib.Fill(output))
        {
        }

        int count = 0;
        ReadOnlySpan<byte> messages = output.WrittenSpan;
        while (MessageFramer.TryRead(messages, s_context, out MessageFrame frame))
        {
            UpdateReader update = UpdateReader.Read(frame.Body);
            count += Count(new PrefixReader(update.Nlri, BgpAddressFamily.IPv4Unicast, addPath: true));
            if (update.TryGetMpReach(out MpReach reach)) count += Count(reach.Prefixes(s_context));
            messages = messages[frame.Length..];
        }

        return count;
    }

    private static int Count(PrefixReader prefixes)
    {
        int count = 0;
        while (prefixes.TryRead(out _, out _)) count++;
        return count;
    }
}
