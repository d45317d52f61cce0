using System.Buffers;
using BenchmarkDotNet.Attributes;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Bgp.Rib;
using BgpLoadBalancer.Bgp.Routes;
using BgpLoadBalancer.Bgp.Wire;

namespace BgpLoadBalancer.Bench.Micro;

/// <summary>Desired routes to the UPDATEs of one session, through the table and the difference; each figure is per route declared.</summary>
public class DifferenceBenchmarks
{
    private readonly ArrayBufferWriter<byte> _output = new(4 << 20);
    private readonly RouteTable _table = new();
    private readonly AdjRibOut _session;
    private readonly RouteTable _toggled = new();
    private readonly AdjRibOut _toggledSession;
    private bool _other;

    public DifferenceBenchmarks()
    {
        _session = NewSession(_table);
        _toggledSession = NewSession(_toggled);
        Apply(_table, _session, SampleRoutes.All);
    }

    [Benchmark(OperationsPerInvoke = SampleRoutes.Count, Description = "new table and session, all announced")]
    public int Fresh()
    {
        RouteTable table = new();
        return Apply(table, NewSession(table), SampleRoutes.All);
    }

    [Benchmark(OperationsPerInvoke = 2 * SampleRoutes.Count, Description = "all announced, then all withdrawn")]
    public int AnnounceAndWithdraw() => Apply(_toggled, _toggledSession, SampleRoutes.All) + Apply(_toggled, _toggledSession, []);

    [Benchmark(OperationsPerInvoke = SampleRoutes.Count, Description = "declared again, 1 % changed")]
    public int Declare()
    {
        _other = !_other;
        return Apply(_table, _session, _other ? SampleRoutes.Changed : SampleRoutes.All);
    }

    internal static AdjRibOut NewSession(RouteTable table) => new(
        table,
        ExportPolicy.From(new BgpPeerOptions { PeerAddress = System.Net.IPAddress.Loopback, PeerAsn = 65_002 }, 65_001),
        [BgpAddressFamily.IPv4Unicast],
        new WireContext(FourOctetAsn: true, AddPathIPv4: false, AddPathIPv6: false, ExtendedMessage: false));

    private int Apply(RouteTable table, AdjRibOut session, Route[] routes)
    {
        lock (table.Sync) table.Replace(routes);
        int written = 0;
        bool more = true;
        while (more)
        {
            _output.ResetWrittenCount();
            more = session.Fill(_output);
            written += _output.WrittenCount;
        }

        return written;
    }
}
