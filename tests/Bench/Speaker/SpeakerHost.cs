using System.Net;
using BgpLoadBalancer.Bench.Contenders;
using BgpLoadBalancer.Bench.Receiver;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Bgp.Routes;

namespace BgpLoadBalancer.Bench.Speaker;

/// <summary>Our side of the comparison, run as a child process so that its memory is all its own: one speaker, told by lines on stdin.</summary>
internal static class SpeakerHost
{
    public const string Address = "127.0.0.3";
    public const string Inject = "inject";
    public const string Withdraw = "withdraw";
    public const string Announce = "announce-extra";
    public const string Retract = "withdraw-extra";

    /// <summary>Runs until stdin ends.</summary>
    public static async Task RunAsync(Workload workload, IPEndPoint receiver)
    {
        // Ready beforehand and kept, as a router keeps its configuration.
        PathSet paths = new(Enumerable.Range(0, workload.NextHops).Select(Workload.NextHop));
        Route[] routes = [.. Enumerable.Range(0, workload.Prefixes).Select(i => new Route(IPPrefix.FromIPv4(Workload.Address(i), 32), paths))];
        IPPrefix extra = IPPrefix.FromIPv4(Workload.ExtraPrefix, 32);
        await using BgpSpeaker speaker = new(new() { LocalAsn = 65_001 });
        speaker.AddPeer(new()
        {
            PeerAddress = receiver.Address,
            PeerPort = receiver.Port,
            PeerAsn = BgpReceiver.Asn,
            LocalAddress = IPAddress.Parse(Address),
            Families = [BgpAddressFamily.IPv4Unicast],
        });
        speaker.Start();
        while (Console.In.ReadLine() is { } line)
        {
            switch (line)
            {
                case Inject:
                    speaker.SetRoutes(routes);
                    break;
                case Withdraw:
                    speaker.SetRoutes([]);
                    break;
                case Announce:
                    speaker.ApplyRoutes([RouteChange.Announce(extra, paths)]);
                    break;
                case Retract:
                    speaker.ApplyRoutes([RouteChange.Withdraw(extra)]);
                    break;
                default:
                    throw new BenchException($"'{line}' is not a command.");
            }
        }

        await speaker.StopAsync();
    }
}
