using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Bgp.Session;
using BgpLoadBalancer.Interop.Tests.Lab;
using BgpLoadBalancer.Interop.Tests.Routers;
using BgpLoadBalancer.Interop.Tests.Speakers;

namespace BgpLoadBalancer.Interop.Tests;

/// <summary>A router that sends a great many routes. It needs the machine for itself.</summary>
[Collection(nameof(FloodTests))]
[CollectionDefinition(nameof(FloodTests), DisableParallelization = true)]
public sealed class FloodTests
{
    private const int Routes = 100_000;
    private const long MemoryLimit = 16 * 1024 * 1024;
    private const long ProcessMemoryLimit = 48 * 1024 * 1024;
    private const uint FeederAsn = 65099;
    private const string Announced = "203.0.113.1";
    private static readonly TimeSpan FloodLimit = TimeSpan.FromSeconds(60);

    [Theory]
    [ClassData(typeof(EveryRouter))]
    public async Task A_hundred_thousand_routes_are_counted_and_leave_no_trace(RouterKind kind)
    {
        await using RouterLab lab = await CreateAsync(kind);
        SpeakerHost speaker = lab.StartSpeaker();
        speaker.Announce(($"{Announced}/32", [RouterLab.NodeAddress(0)]));
        await speaker.EstablishAsync();
        long before = GC.GetTotalMemory(forceFullCollection: true);

        Router feeder = await FeedAsync(lab);

        await speaker.BecomesAsync("all routes have come", session => session.PathsReceived >= Routes, FloodLimit);
        long after = GC.GetTotalMemory(forceFullCollection: true);
        Assert.InRange(after - before, long.MinValue, MemoryLimit);
        Assert.Empty(speaker.Speaker.GetReceivedRoutes(speaker.PeerName));

        await feeder.KillAsync();
        await speaker.BecomesAsync("all of them are withdrawn", session => session.WithdrawalsReceived >= Routes, FloodLimit);
        BgpSessionInfo end = speaker.Session;
        Assert.Equal(BgpSessionState.Established, end.State);
        Assert.Equal(0, end.Flaps);
        Assert.Equal([RouterLab.NodeAddress(0)], await lab.Router.GetNextHopsAsync($"{Announced}/32"));
    }

    [Fact]
    public async Task They_do_not_make_the_executable_grow()
    {
        await using RouterLab lab = await CreateAsync(RouterKind.Bird);
        AdvertiserProcess advertiser = AdvertiserProcess.Start(lab, 0, Announced);
        string Logs() => advertiser.Log()[^Math.Min(advertiser.Log().Length, 4_000)..] + lab.Router.ReadLogs();
        await Eventually.BecomesAsync("the router has the route", () => lab.Router.GetNextHopsAsync($"{Announced}/32"), hops => hops.Count == 1, FloodLimit, Logs);
        long before = advertiser.ResidentMemory;

        await FeedAsync(lab);

        await Eventually.BecomesAsync("all routes have come", advertiser.GetPathsReceivedAsync, count => count >= Routes, FloodLimit, Logs);
        Assert.InRange(advertiser.ResidentMemory - before, long.MinValue, ProcessMemoryLimit);
        Assert.True((await lab.Router.GetSessionAsync(RouterLab.NodeAddress(0))).Established, Logs());
    }

    private static async Task<RouterLab> CreateAsync(RouterKind kind)
    {
        await LabRequirements.DemandAsync(RouterKind.Bird);
        RouterLab lab = await RouterLab.CreateAsync(kind, nodes: 2);
        await lab.StartRouterAsync(new RouterOptions(RouterLab.RouterAsn, RouterLab.RouterAddress)
        {
            Peers = [RouterLab.Peer(0), new RouterPeer(RouterLab.NodeAddress(1), FeederAsn)],
            Readvertise = true,
            InstallRoutes = false,
        });
        return lab;
    }

    // BIRD on the second node is where the routes come from.
    private static async Task<Router> FeedAsync(RouterLab lab)
    {
        BirdRouter feeder = new(lab.Lab, lab.Nodes[1], new RouterOptions(FeederAsn, RouterLab.NodeAddress(1))
        {
            Peers = [new RouterPeer(RouterLab.RouterAddress, RouterLab.RouterAsn) { Dials = true }],
            OriginatedRoutes = Routes,
            InstallRoutes = false,
        });
        await feeder.StartAsync();
        return feeder;
    }
}
