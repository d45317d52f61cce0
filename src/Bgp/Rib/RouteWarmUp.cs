using System.Buffers;
using System.Collections.Immutable;
using System.Net;
using System.Runtime.CompilerServices;
using BgpLoadBalancer.Bgp.Routes;
using BgpLoadBalancer.Bgp.Wire;

namespace BgpLoadBalancer.Bgp.Rib;

/// <summary>
/// Takes a few routes from their declaration to messages and back, in memory: so that the runtime has compiled that way while
/// sessions are still coming up, and the first routes do not wait for it.
/// </summary>
internal static class RouteWarmUp
{
    private static int s_started;

    /// <summary>Does it once in a process, in the background; never where code is compiled beforehand altogether.</summary>
    public static void Start()
    {
        if (!RuntimeFeature.IsDynamicCodeCompiled || Interlocked.Exchange(ref s_started, 1) != 0) return;
        ThreadPool.UnsafeQueueUserWorkItem(static _ => Run(), null);
    }

    /// <returns>The octets of all messages, which are thrown away.</returns>
    public static int Run() =>
        Run(false, IPPrefix.FromIPv4(0xC0000200, 32), IPAddress.Parse("192.0.2.1"), IPAddress.Parse("192.0.2.2"))
        + Run(true, IPPrefix.FromIPv6(0x20010DB8_00000000, 1, 128), IPAddress.Parse("2001:db8::1"), IPAddress.Parse("2001:db8::2"));

    private static int Run(bool addPath, IPPrefix prefix, params IPAddress[] nextHops)
    {
        RouteTable table = new();
        ImmutableArray<BgpAddressFamily> families = [prefix.Family];
        AdjRibOut session = new(table, new ExportPolicy(65_535, 0, 0, null, [], []), families, new WireContext(true, addPath, addPath, false));
        ArrayBufferWriter<byte> output = new();
        Route[] routes = [new(prefix, new PathSet(nextHops))];
        RouteChange[] changes = [RouteChange.Announce(prefix, new PathSet(nextHops[1]))];
        lock (table.Sync) table.Replace(Declared.AsSpan(routes));
        session.Fill(output);
        lock (table.Sync) table.Apply(Declared.AsSpan(changes));
        session.Fill(output);
        lock (table.Sync) table.Replace([]);
        session.Fill(output);
        return output.WrittenCount;
    }
}
