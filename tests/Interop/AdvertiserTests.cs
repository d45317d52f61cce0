using BgpLoadBalancer.Interop.Tests.Lab;
using BgpLoadBalancer.Interop.Tests.Routers;
using BgpLoadBalancer.Interop.Tests.Speakers;

namespace BgpLoadBalancer.Interop.Tests;

/// <summary>The executable against real routers.</summary>
public sealed class AdvertiserTests
{
    private const string Vip = "203.0.113.1";
    private const int SigUsr2 = 12;
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(5);

    [Theory]
    [ClassData(typeof(EveryRouter))]
    public async Task Stopped_by_SIGTERM_it_says_goodbye_and_the_route_is_gone_at_once(RouterKind kind)
    {
        await using RouterLab lab = await RouterLab.CreateAsync(kind);
        Router router = await lab.StartRouterAsync(RouterLab.Peer());

        await GoodbyeAsync(lab, router, BuildOutput.Advertiser);
    }

    [Fact]
    public async Task The_native_single_file_does_the_same()
    {
        string? file = BuildOutput.FindNativeAdvertiser();
        Assert.SkipUnless(file is not null, "There is no native bgpadvertiser: apt-get install gcc zlib1g-dev, then ./build.sh release");
        await using RouterLab lab = await RouterLab.CreateAsync(RouterKind.Bird);
        Router router = await lab.StartRouterAsync(RouterLab.Peer());

        await GoodbyeAsync(lab, router, file);
    }

    [Theory]
    [ClassData(typeof(EveryForwardingRouter))]
    public async Task A_planned_restart_keeps_the_route_in_the_routers_kernel(RouterKind kind)
    {
        await using RouterLab lab = await RouterLab.CreateAsync(kind);
        Router router = await lab.StartRouterAsync(RouterLab.Peer() with { GracefulRestart = true });
        AdvertiserProcess first = AdvertiserProcess.Start(lab, 0, Vip);
        await KernelHasRouteAsync(router, first);
        LabProcess monitor = lab.Lab.Start(lab.RouterHost, "monitor.log", "ip", "-o", "monitor", "route");

        first.Signal(SigUsr2);
        Assert.Equal(0, await first.WaitForExitAsync());
        AdvertiserProcess successor = AdvertiserProcess.Start(lab, 0, Vip, logName: "successor.log");

        await IsEstablishedAsync(router, successor);
        Assert.DoesNotContain($"Deleted {Vip} ", monitor.ReadLog(), StringComparison.Ordinal);
        await KernelHasRouteAsync(router, successor);
    }

    private static async Task GoodbyeAsync(RouterLab lab, Router router, string executable)
    {
        AdvertiserProcess advertiser = AdvertiserProcess.Start(lab, 0, Vip, executable);
        await Eventually.BecomesAsync(
            "the router has the route",
            () => router.GetNextHopsAsync($"{Vip}/32"),
            hops => hops.SequenceEqual([RouterLab.NodeAddress(0)]),
            StartLimit,
            () => advertiser.Log() + router.ReadLogs());
        Assert.Contains("BGP_FSM_ESTABLISHED", advertiser.Log(), StringComparison.Ordinal);

        advertiser.Signal(SystemCalls.SigTerm);

        Assert.Equal(0, await advertiser.WaitForExitAsync());
        await Eventually.BecomesAsync(
            "the route is gone",
            () => router.GetNextHopsAsync($"{Vip}/32"),
            hops => hops.Count == 0,
            AtOnce,
            () => advertiser.Log() + router.ReadLogs());
        RouterSession session = await router.GetSessionAsync(RouterLab.NodeAddress(0));
        Assert.False(session.Established);
        // RFC 4486: subcode 2.
        Assert.Contains("administrative shutdown", session.LastError, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task KernelHasRouteAsync(Router router, AdvertiserProcess advertiser) => await Eventually.BecomesAsync(
        "the router's kernel has the route",
        () => router.Host.GetKernelNextHopsAsync($"{Vip}/32"),
        hops => hops.SequenceEqual([RouterLab.NodeAddress(0)]),
        StartLimit,
        () => advertiser.Log() + router.ReadLogs());

    private static async Task IsEstablishedAsync(Router router, AdvertiserProcess advertiser) => await Eventually.BecomesAsync(
        "the router sees the session",
        () => router.GetSessionAsync(RouterLab.NodeAddress(0)),
        session => session.Established && advertiser.Log().Contains("BGP_FSM_ESTABLISHED", StringComparison.Ordinal),
        StartLimit,
        () => advertiser.Log() + router.ReadLogs());
}
