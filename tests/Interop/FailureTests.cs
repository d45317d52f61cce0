using BgpLoadBalancer.Bgp.Session;
using BgpLoadBalancer.Interop.Tests.Lab;
using BgpLoadBalancer.Interop.Tests.Routers;
using BgpLoadBalancer.Interop.Tests.Speakers;

namespace BgpLoadBalancer.Interop.Tests;

/// <summary>Links that die without a word.</summary>
public sealed class FailureTests
{
    private const string Vip = "203.0.113.1/32";
    private const int HoldTime = 3;
    private static readonly TimeSpan HoldLimit = TimeSpan.FromSeconds(HoldTime + 7);
    private static readonly TimeSpan ComesBack = TimeSpan.FromSeconds(30);

    // Long before a hold time of 90 s ends.
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(10);

    [Theory]
    [ClassData(typeof(EveryRouter))]
    public async Task When_the_link_is_cut_the_hold_timers_of_both_sides_expire_and_it_comes_back_when_mended(RouterKind kind)
    {
        // The second node keeps the segment alive on the router's side.
        await using RouterLab lab = await RouterLab.CreateAsync(kind, nodes: 2);
        Router router = await lab.StartRouterAsync(RouterLab.Peer() with { HoldTime = HoldTime });
        SpeakerHost speaker = lab.StartSpeaker(change: peer => peer with { HoldTime = TimeSpan.FromSeconds(HoldTime) });
        speaker.Announce((Vip, [RouterLab.NodeAddress(0)]));
        await speaker.EstablishAsync();
        await RouterHasRouteAsync(router, speaker, true, HoldLimit);

        await lab.Segment.CutAsync(lab.Nodes[0]);

        Task ours = speaker.BecomesAsync("our hold timer expires", session => session is { Flaps: 1, State: not BgpSessionState.Established }, HoldLimit);
        await RouterHasRouteAsync(router, speaker, false, HoldLimit);
        await ours;
        Assert.Contains("hold", speaker.Session.LastError, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("hold", (await router.GetSessionAsync(RouterLab.NodeAddress(0))).LastError, StringComparison.OrdinalIgnoreCase);

        await lab.Segment.MendAsync(lab.Nodes[0]);
        await speaker.EstablishAsync(ComesBack);
        await RouterHasRouteAsync(router, speaker, true, HoldLimit);
    }

    [Theory]
    [ClassData(typeof(EveryRouter))]
    public async Task A_killed_router_is_noticed_at_once_and_found_again(RouterKind kind)
    {
        await using RouterLab lab = await RouterLab.CreateAsync(kind);
        Router router = await lab.StartRouterAsync(RouterLab.Peer());
        SpeakerHost speaker = lab.StartSpeaker();
        speaker.Announce((Vip, [RouterLab.NodeAddress(0)]));
        await speaker.EstablishAsync();

        await router.KillAsync();

        await speaker.BecomesAsync("the session ends", session => session.State != BgpSessionState.Established, AtOnce);
        await router.StartAsync();
        await speaker.EstablishAsync(ComesBack);
        await RouterHasRouteAsync(router, speaker, true, HoldLimit);
    }

    private static async Task RouterHasRouteAsync(Router router, SpeakerHost speaker, bool wanted, TimeSpan limit) => await Eventually.BecomesAsync(
        wanted ? "the router has our route" : "the router lets our route go", () => router.GetNextHopsAsync(Vip), hops => hops.Count == (wanted ? 1 : 0), limit, speaker.Log);
}
