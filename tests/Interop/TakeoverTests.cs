using System.Net;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Bgp.Session;
using BgpLoadBalancer.Interop.Tests.Lab;
using BgpLoadBalancer.Interop.Tests.Routers;
using BgpLoadBalancer.Interop.Tests.Speakers;

namespace BgpLoadBalancer.Interop.Tests;

/// <summary>
/// A node falls silent and another one takes its floating IP (R24). The router still believes in the old session: with graceful
/// restart it takes the new one at once and keeps the routes; without, when its hold timer ends the old one.
/// </summary>
public sealed class TakeoverTests
{
    private const string Vip = "203.0.113.1/32";
    private const string SecondVip = "203.0.113.2/32";
    private static readonly IPAddress FloatingIP = IPAddress.Parse("10.1.0.50");
    private static readonly IPAddress NextHop = IPAddress.Parse("10.1.0.99");

    // A hold time that cannot be what helped.
    private const int LongHoldTime = 90;
    private const int ShortHoldTime = 6;

    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    // Beyond the hold time: two retries of ours, and what the slowest router (GoBGP) idles after a session has ended.
    private static readonly TimeSpan RouterPause = TimeSpan.FromSeconds(10);

    [Theory]
    [ClassData(typeof(EveryForwardingRouter))]
    public async Task With_graceful_restart_the_router_takes_the_new_session_at_once_and_keeps_the_route(RouterKind kind)
    {
        await using RouterLab lab = await RouterLab.CreateAsync(kind, nodes: 2);
        Router router = await lab.StartRouterAsync(Floating(LongHoldTime) with { GracefulRestart = true });
        await HoldAsync(lab, router, LongHoldTime, GracefulRestartOptions.Default);
        LabProcess monitor = lab.Lab.Start(lab.RouterHost, "monitor.log", "ip", "-o", "monitor", "route");

        SpeakerHost heir = await TakeOverAsync(lab, LongHoldTime, GracefulRestartOptions.Default);

        await heir.EstablishAsync(AtOnce);
        await heir.Speaker.FlushAsync(TestContext.Current.CancellationToken);
        // A change that the kernel shows tells that what came before it has been dealt with.
        heir.Announce((Vip, [NextHop]), (SecondVip, [NextHop]));
        await Eventually.BecomesAsync("the kernel has a later route", () => Task.FromResult(monitor.ReadLog()), log => log.Contains("203.0.113.2 ", StringComparison.Ordinal), Soon, heir.Log);
        Assert.DoesNotContain("Deleted 203.0.113.1 ", monitor.ReadLog(), StringComparison.Ordinal);
        Assert.Equal([NextHop], await router.Host.GetKernelNextHopsAsync(Vip));
    }

    [Fact]
    public async Task GoBgp_keeps_the_route_too_but_takes_the_new_session_only_when_the_old_one_has_ended()
    {
        await using RouterLab lab = await RouterLab.CreateAsync(RouterKind.GoBgp, nodes: 2);
        Router router = await lab.StartRouterAsync(Floating(ShortHoldTime) with { GracefulRestart = true });
        await HoldAsync(lab, router, ShortHoldTime, GracefulRestartOptions.Default);

        SpeakerHost heir = await TakeOverAsync(lab, ShortHoldTime, GracefulRestartOptions.Default);

        int lost = 0;
        await Eventually.BecomesAsync(
            "the new holder's session is Established",
            async () =>
            {
                if ((await router.GetNextHopsAsync(Vip)).Count == 0) lost++;
                return heir.Session;
            },
            session => session.State == BgpSessionState.Established,
            TimeSpan.FromSeconds(ShortHoldTime) + RouterPause,
            heir.Log);
        Assert.Equal(0, lost);
    }

    [Theory]
    [ClassData(typeof(EveryRouter))]
    public async Task Without_graceful_restart_the_new_session_comes_when_the_old_one_has_run_out(RouterKind kind)
    {
        await using RouterLab lab = await RouterLab.CreateAsync(kind, nodes: 2);
        Router router = await lab.StartRouterAsync(Floating(ShortHoldTime));
        await HoldAsync(lab, router, ShortHoldTime, gracefulRestart: null);

        SpeakerHost heir = await TakeOverAsync(lab, ShortHoldTime, gracefulRestart: null);

        await heir.EstablishAsync(TimeSpan.FromSeconds(ShortHoldTime) + RouterPause);
        await Eventually.BecomesAsync("the router has the route", () => router.GetNextHopsAsync(Vip), hops => hops.Count == 1, Soon, heir.Log);
    }

    private static RouterPeer Floating(int holdTime) => new(FloatingIP, RouterLab.NodeAsn) { HoldTime = holdTime };

    // The first node holds the address, has a session and announces.
    private static async Task HoldAsync(RouterLab lab, Router router, int holdTime, GracefulRestartOptions? gracefulRestart)
    {
        SpeakerHost holder = await StartAsync(lab, 0, holdTime, gracefulRestart);
        await holder.EstablishAsync();
        await Eventually.BecomesAsync("the router has the route", () => router.GetNextHopsAsync(Vip), hops => hops.Count == 1, Soon, holder.Log);
    }

    // It falls silent, and the second node does what an agent does that takes an address over.
    private static async Task<SpeakerHost> TakeOverAsync(RouterLab lab, int holdTime, GracefulRestartOptions? gracefulRestart)
    {
        await lab.Segment.CutAsync(lab.Nodes[0]);
        return await StartAsync(lab, 1, holdTime, gracefulRestart);
    }

    private static async Task<SpeakerHost> StartAsync(RouterLab lab, int node, int holdTime, GracefulRestartOptions? gracefulRestart)
    {
        await lab.Nodes[node].AddAddressAsync(RouterLab.Link, $"{FloatingIP}/24");
        await lab.Nodes[node].RunAsync("arping", "-U", "-c", "1", "-w", "1", "-I", RouterLab.Link, FloatingIP.ToString());
        SpeakerHost speaker = lab.StartSpeaker(
            lab.Nodes[node], FloatingIP, peer => peer with { HoldTime = TimeSpan.FromSeconds(holdTime), GracefulRestart = gracefulRestart });
        speaker.Announce((Vip, [NextHop]));
        return speaker;
    }
}
