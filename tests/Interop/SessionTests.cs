using System.Net;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Interop.Tests.Lab;
using BgpLoadBalancer.Interop.Tests.Routers;
using BgpLoadBalancer.Interop.Tests.Speakers;

namespace BgpLoadBalancer.Interop.Tests;

/// <summary>How sessions come up and come back.</summary>
public sealed class SessionTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RouterComesBack = TimeSpan.FromSeconds(30);

    [Theory]
    [ClassData(typeof(EveryRouter))]
    public async Task We_dial(RouterKind kind)
    {
        await using RouterLab lab = await RouterLab.CreateAsync(kind);
        Router router = await lab.StartRouterAsync(RouterLab.Peer());

        SpeakerHost speaker = lab.StartSpeaker();

        await speaker.EstablishAsync();
        await SeesUsAsync(router, speaker);
        BgpSessionInfo session = speaker.Session;
        Assert.Equal(RouterLab.NodeAddress(0), session.LocalAddress);
        Assert.Equal(RouterLab.RouterAddress, session.PeerBgpIdentifier);
        Assert.Equal([BgpAddressFamily.IPv4Unicast, BgpAddressFamily.IPv6Unicast], session.Families);
        Assert.Equal([BgpAddressFamily.IPv4Unicast, BgpAddressFamily.IPv6Unicast], session.AddPathSend);
        Assert.Equal(TimeSpan.FromSeconds(90), session.HoldTime);
    }

    [Theory]
    [ClassData(typeof(EveryRouter))]
    public async Task The_router_dials(RouterKind kind)
    {
        await using RouterLab lab = await RouterLab.CreateAsync(kind);
        SpeakerHost speaker = lab.StartSpeaker(change: peer => peer with { Connect = false, Accept = true }, listen: true);

        Router router = await lab.StartRouterAsync(RouterLab.Peer() with { Dials = true });

        await speaker.EstablishAsync();
        await SeesUsAsync(router, speaker);
    }

    [Theory]
    [ClassData(typeof(EveryRouter))]
    public async Task Both_dial_and_one_connection_stays(RouterKind kind)
    {
        await using RouterLab lab = await RouterLab.CreateAsync(kind);
        Router router = await lab.StartRouterAsync(RouterLab.Peer() with { Dials = true });

        SpeakerHost speaker = lab.StartSpeaker(change: peer => peer with { Accept = true }, listen: true);
        speaker.Announce(("203.0.113.1/32", [RouterLab.NodeAddress(0)]));

        await speaker.EstablishAsync();
        await SeesUsAsync(router, speaker);
        await Eventually.BecomesAsync("the router has our route", () => router.GetNextHopsAsync("203.0.113.1/32"), hops => hops.Count == 1, Soon, speaker.Log);
        Assert.Equal(0, speaker.Session.Flaps);
    }

    [Theory]
    [ClassData(typeof(EveryRouter))]
    public async Task A_restarted_router_has_session_and_routes_back(RouterKind kind)
    {
        await using RouterLab lab = await RouterLab.CreateAsync(kind);
        Router router = await lab.StartRouterAsync(RouterLab.Peer());
        SpeakerHost speaker = lab.StartSpeaker();
        speaker.Announce(("203.0.113.1/32", [RouterLab.NodeAddress(0)]));
        await speaker.EstablishAsync();

        await router.RestartAsync();

        await speaker.BecomesAsync("our session is back", session => session is { Flaps: 1, EstablishedTime: not null }, RouterComesBack);
        await Eventually.BecomesAsync("the router has our route", () => router.GetNextHopsAsync("203.0.113.1/32"), hops => hops.Count == 1, Soon, speaker.Log);
    }

    [Theory]
    [ClassData(typeof(EveryRouter))]
    public async Task A_password_is_needed_where_the_router_has_one(RouterKind kind)
    {
        await using RouterLab lab = await RouterLab.CreateAsync(kind, nodes: 2);
        Router router = await lab.StartRouterAsync(RouterLab.Peer(0) with { Password = "correct-horse" }, RouterLab.Peer(1) with { Password = "battery" });

        SpeakerHost without = lab.StartSpeaker(node: 1);
        SpeakerHost speaker = lab.StartSpeaker(node: 0, peer => peer with { Password = "correct-horse" });

        await speaker.EstablishAsync();
        await SeesUsAsync(router, speaker);
        Assert.Null(without.Session.EstablishedTime);
        Assert.Equal(0, without.Session.Flaps);
    }

    [Theory]
    [ClassData(typeof(EveryRouter))]
    public async Task Ttl_security_works_on_both_sides(RouterKind kind)
    {
        await using RouterLab lab = await RouterLab.CreateAsync(kind);
        Router router = await lab.StartRouterAsync(RouterLab.Peer() with { TtlSecurity = true });

        SpeakerHost speaker = lab.StartSpeaker(change: peer => peer with { TtlSecurity = true });

        await speaker.EstablishAsync();
        await SeesUsAsync(router, speaker);
    }

    private static async Task SeesUsAsync(Router router, SpeakerHost speaker) => await Eventually.BecomesAsync(
        "the router sees the session", () => router.GetSessionAsync(speaker.Session.LocalAddress!), session => session.Established, Soon, speaker.Log);
}
