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
    private const uint FeederAsn = 65099;
    private static readonly TimeSpan FloodLimit = TimeSpan.FromSeconds(60);

    [Theory]
    [ClassData(typeof(EveryRouter))]
    public async Task A_hundred_thousand_routes_are_counted_and_leave_no_trace(RouterKind kind)
    {
        await LabRequirements.DemandAsync(RouterKind.Bird);
        await using RouterLab lab = await RouterLab.CreateAsync(kind, nodes: 2);
        Router router = await lab.StartRouterAsync(new RouterOptions(RouterLab.RouterAsn, RouterLab.RouterAddress)
        {
            Peers = [RouterLab.Peer(0), new RouterPeer(RouterLab.NodeAddress(1), FeederAsn)],
            Readvertise = true,
            InstallRoutes = false,
        });
        SpeakerHost speaker = lab.StartSpeaker();
        speaker.Announce(("203.0.113.1/32", [RouterLab.NodeAddress(0)]));
        await speaker.EstablishAsync();
        long before = GC.GetTotalMemory(forceFullCollection: true);

        // BIRD on the second node is where the routes come from.
        BirdRouter feeder = new(lab.Lab, lab.Nodes[1], new RouterOptions(FeederAsn, RouterLab.NodeAddress(1))
        {
            Peers = [new RouterPeer(RouterLab.RouterAddress, RouterLab.RouterAsn) { Dials = true }],
            OriginatedRoutes = Routes,
            InstallRoutes = false,
        });
        await feeder.StartAsync();

        await speaker.BecomesAsync("all routes have come", session => session.PathsReceived >= Routes, FloodLimit);
        long after = GC.GetTotalMemory(forceFullCollection: true);
        Assert.InRange(after - before, long.MinValue, MemoryLimit);
        Assert.Empty(speaker.Speaker.GetReceivedRoutes(speaker.PeerName));

        await feeder.KillAsync();
        await speaker.BecomesAsync("all of them are withdrawn", session => session.WithdrawalsReceived >= Routes, FloodLimit);
        BgpSessionInfo end = speaker.Session;
        Assert.Equal(BgpSessionState.Established, end.State);
        Assert.Equal(0, end.Flaps);
        Assert.Equal([RouterLab.NodeAddress(0)], await router.GetNextHopsAsync("203.0.113.1/32"));
    }
}
