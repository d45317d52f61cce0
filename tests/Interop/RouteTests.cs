using System.Net;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Bgp.Routes;
using BgpLoadBalancer.Interop.Tests.Lab;
using BgpLoadBalancer.Interop.Tests.Routers;
using BgpLoadBalancer.Interop.Tests.Speakers;

namespace BgpLoadBalancer.Interop.Tests;

/// <summary>What is announced arrives as it was meant, and goes when it should.</summary>
public sealed class RouteTests
{
    private const string Vip = "203.0.113.1/32";
    private const string SecondVip = "203.0.113.2/32";
    private const string VipIPv6 = "2001:db8:ffff::1/128";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);
    private static readonly IPAddress[] EightNextHops = [.. Enumerable.Range(21, 8).Select(host => IPAddress.Parse($"10.1.0.{host}"))];
    private static readonly IPAddress[] EightNextHopsIPv6 = [.. Enumerable.Range(0x21, 8).Select(host => IPAddress.Parse($"fd00:1::{host:x}"))];

    [Theory]
    [ClassData(typeof(EveryRouter))]
    public async Task Vips_of_both_families_arrive_over_one_IPv4_session(RouterKind kind)
    {
        await using RouterLab lab = await RouterLab.CreateAsync(kind);
        Router router = await lab.StartRouterAsync(RouterLab.Peer());
        SpeakerHost speaker = lab.StartSpeaker();
        await speaker.EstablishAsync();

        speaker.Announce((Vip, [RouterLab.NodeAddress(0)]), (VipIPv6, [RouterLab.NodeAddressIPv6(0)]));

        await HasAsync(router, speaker, Vip, RouterLab.NodeAddress(0));
        await HasAsync(router, speaker, VipIPv6, RouterLab.NodeAddressIPv6(0));
        Assert.Equal(2, speaker.Session.PathsAdvertised);
    }

    [Theory]
    [ClassData(typeof(EveryRouter))]
    public async Task Eight_next_hops_arrive_as_eight_paths(RouterKind kind)
    {
        await using RouterLab lab = await RouterLab.CreateAsync(kind);
        Router router = await lab.StartRouterAsync(RouterLab.Peer());
        SpeakerHost speaker = lab.StartSpeaker();
        speaker.Announce((Vip, EightNextHops), (VipIPv6, EightNextHopsIPv6));

        await speaker.EstablishAsync();

        await HasAsync(router, speaker, Vip, EightNextHops);
        await HasAsync(router, speaker, VipIPv6, EightNextHopsIPv6);
    }

    [Theory]
    [ClassData(typeof(EveryForwardingRouter))]
    public async Task Eight_next_hops_become_one_multipath_route_of_the_kernel(RouterKind kind)
    {
        await using RouterLab lab = await RouterLab.CreateAsync(kind);
        Router router = await lab.StartRouterAsync(RouterLab.Peer());
        SpeakerHost speaker = lab.StartSpeaker();
        speaker.Announce((Vip, EightNextHops), (VipIPv6, EightNextHopsIPv6));

        await speaker.EstablishAsync();

        await KernelHasAsync(router, speaker, Vip, EightNextHops);
        await KernelHasAsync(router, speaker, VipIPv6, EightNextHopsIPv6);
        speaker.Announce((Vip, EightNextHops[..3]));
        await KernelHasAsync(router, speaker, Vip, EightNextHops[..3]);
        await KernelHasAsync(router, speaker, VipIPv6);
    }

    [Theory]
    [ClassData(typeof(EveryRouter))]
    public async Task Without_ADD_PATH_one_path_arrives_and_the_rank_decides_which(RouterKind kind)
    {
        await using RouterLab lab = await RouterLab.CreateAsync(kind);
        Router router = await lab.StartRouterAsync(RouterLab.Peer() with { AddPathReceive = false });
        SpeakerHost speaker = lab.StartSpeaker(change: peer => peer with { PathRank = 10 });
        speaker.Announce((Vip, EightNextHops), (VipIPv6, EightNextHopsIPv6));

        await speaker.EstablishAsync();

        await HasAsync(router, speaker, Vip, EightNextHops[2]);
        await HasAsync(router, speaker, VipIPv6, EightNextHopsIPv6[2]);
        Assert.Empty(speaker.Session.AddPathSend);
        Assert.Equal(2, speaker.Session.PathsAdvertised);
    }

    [Theory]
    [ClassData(typeof(EveryRouter))]
    public async Task A_path_a_route_and_all_routes_are_withdrawn(RouterKind kind)
    {
        await using RouterLab lab = await RouterLab.CreateAsync(kind);
        Router router = await lab.StartRouterAsync(RouterLab.Peer());
        SpeakerHost speaker = lab.StartSpeaker();
        speaker.Announce((Vip, EightNextHops), (SecondVip, EightNextHops), (VipIPv6, EightNextHopsIPv6));
        await speaker.EstablishAsync();
        await HasAsync(router, speaker, VipIPv6, EightNextHopsIPv6);

        speaker.Announce((Vip, EightNextHops[1..]), (SecondVip, EightNextHops), (VipIPv6, EightNextHopsIPv6));
        await HasAsync(router, speaker, Vip, EightNextHops[1..]);
        await HasAsync(router, speaker, SecondVip, EightNextHops);

        speaker.Speaker.ApplyRoutes([RouteChange.Withdraw(IPPrefix.Parse(SecondVip, null))]);
        await HasAsync(router, speaker, SecondVip);
        await HasAsync(router, speaker, Vip, EightNextHops[1..]);
        await HasAsync(router, speaker, VipIPv6, EightNextHopsIPv6);

        speaker.Announce();
        await Eventually.BecomesAsync("the router has no route", router.GetPathsAsync, paths => paths.Count == 0, Soon, speaker.Log);
        Assert.Equal(0, speaker.Session.PathsAdvertised);
        Assert.Equal(0, speaker.Session.Flaps);
    }

    [Theory]
    [ClassData(typeof(EveryRouter))]
    public async Task Our_own_route_sent_back_is_dropped_and_counted(RouterKind kind)
    {
        // GoBGP sends nobody a route with his ASN in its path. With it the route comes from elsewhere, and a policy puts our ASN in.
        uint senderAsn = kind == RouterKind.GoBgp ? 65002 : RouterLab.NodeAsn;
        await using RouterLab lab = await RouterLab.CreateAsync(kind, nodes: 2);
        Router router = await lab.StartRouterAsync(new RouterOptions(RouterLab.RouterAsn, RouterLab.RouterAddress)
        {
            Peers = [RouterLab.Peer(0) with { Asn = senderAsn }, RouterLab.Peer(1)],
            Readvertise = true,
            PrependOnExport = kind == RouterKind.GoBgp ? RouterLab.NodeAsn : null,
        });
        SpeakerHost receiver = lab.StartSpeaker(node: 1, peer => peer with { KeepReceivedRoutes = true });
        SpeakerHost sender = lab.StartSpeaker(node: 0, peer => peer with { LocalAsn = senderAsn });
        await receiver.EstablishAsync();
        await sender.EstablishAsync();

        sender.Announce((Vip, [RouterLab.NodeAddress(0)]), (VipIPv6, [RouterLab.NodeAddressIPv6(0)]));

        await receiver.BecomesAsync("both routes came back and were dropped", session => session.OwnAsnDropped == 2, Soon);
        Assert.Empty(receiver.Speaker.GetReceivedRoutes(receiver.PeerName));
        Assert.Equal(0, receiver.Session.Flaps);
        Assert.True((await router.GetSessionAsync(RouterLab.NodeAddress(1))).Established, receiver.Log());
    }

    private static async Task HasAsync(Router router, SpeakerHost speaker, string prefix, params IPAddress[] nextHops) => await Eventually.BecomesAsync(
        $"the router has {prefix} via [{string.Join<IPAddress>(", ", nextHops)}]", () => router.GetNextHopsAsync(prefix), hops => hops.SequenceEqual(nextHops), Soon, speaker.Log);

    private static async Task KernelHasAsync(Router router, SpeakerHost speaker, string prefix, params IPAddress[] nextHops) => await Eventually.BecomesAsync(
        $"the router's kernel has {prefix} via [{string.Join<IPAddress>(", ", nextHops)}]",
        () => router.Host.GetKernelNextHopsAsync(prefix),
        hops => hops.SequenceEqual(nextHops),
        Soon,
        speaker.Log);
}
