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
    private static readonly IPAddress FloatingIP = IPAddress.Parse("10.1.0.50");
    private static readonly IPAddress NextHop = IPAddress.Parse("10.1.0.99");

    // A hold time that cannot be what helped.
    private const int LongHoldTime = 90;
    private const int ShortHoldTime = 6;

    // Beyond the hold time: two retries of ours, and what the slowest router (GoBGP) idles after a session has ended.
    private static readonly TimeSpan RouterPause = TimeSpan.FromSeconds(10);

    [Theory]
    [ClassData(typeof(EveryForwardingRouter))]
    public async Task With_graceful_restart_the_router_takes_the_new_session_at_once_and_keeps_the_route(RouterKind kind)
    {
        await using RouterLab lab = await RouterLab.CreateAsync(kind, nodes: 2);
        Router router = await lab.StartRouterAsync(new RouterPeer(FloatingIP, RouterLab.NodeAsn) { GracefulRestart = true, HoldTime = LongHoldTime });
        await HoldAsync(lab, router, 0, peer => peer with { GracefulRestart = GracefulRestartOptions.Default });

        SpeakerHost heir = await TakeOverAsync(lab, peer => peer with { GracefulRestart = GracefulRestartOptions.Default });

        int withoutRoute = 0;
        await Eventually.BecomesAsync(
            "the new holder's session is Established",
            async () =>
            {
                if ((await router.GetNextHopsAsync(Vip)).Count == 0) withoutRoute++;
                return heir.Session;
            },
            session => session.State == BgpSessionState.Established,
            TimeSpan.FromSeconds(5),
            heir.Log);
        Assert.Equal(0, withoutRoute);
        Assert.Equal([NextHop], await router.GetNextHopsAsync(Vip));
    }

    [Theory]
    [ClassData(typeof(EveryRouter))]
    public async Task Without_graceful_restart_the_new_session_comes_when_the_old_one_has_run_out(RouterKind kind)
    {
        await using RouterLab lab = await RouterLab.CreateAsync(kind, nodes: 2);
        Router router = await lab.StartRouterAsync(new RouterPeer(FloatingIP, RouterLab.NodeAsn) { HoldTime = ShortHoldTime });
        await HoldAsync(lab, router, 0, peer => peer with { HoldTime = TimeSpan.FromSeconds(ShortHoldTime) });

        SpeakerHost heir = await TakeOverAsync(lab, peer => peer with { HoldTime = TimeSpan.FromSeconds(ShortHoldTime) });

        await heir.EstablishAsync(TimeSpan.FromSeconds(ShortHoldTime) + RouterPause);
        await Eventually.BecomesAsync("the router has the route", () => router.GetNextHopsAsync(Vip), hops => hops.Count == 1, TimeSpan.FromSeconds(5), heir.Log);
    }

    private static async Task HoldAsync(RouterLab lab, Router router, int node, Func<BgpPeerOptions, BgpPeerOptions> change)
    {
        await lab.Nodes[node].AddAddressAsync(RouterLab.Link, $"{FloatingIP}/24");
        SpeakerHost holder = lab.StartSpeaker(lab.Nodes[node], FloatingIP, change);
        holder.Announce((Vip, [NextHop]));
        await holder.EstablishAsync();
        await Eventually.BecomesAsync("the router has the route", () => router.GetNextHopsAsync(Vip), hops => hops.Count == 1, TimeSpan.FromSeconds(5), holder.Log);
    }

    private static async Task<SpeakerHost> TakeOverAsync(RouterLab lab, Func<BgpPeerOptions, BgpPeerOptions> change)
    {
        await lab.Segment.CutAsync(lab.Nodes[0]);
        await lab.Nodes[1].AddAddressAsync(RouterLab.Link, $"{FloatingIP}/24");
        await lab.Nodes[1].RunAsync("arping", "-U", "-c", "1", "-w", "1", "-I", RouterLab.Link, FloatingIP.ToString());
        SpeakerHost heir = lab.StartSpeaker(lab.Nodes[1], FloatingIP, change);
        heir.Announce((Vip, [NextHop]));
        return heir;
    }
}
