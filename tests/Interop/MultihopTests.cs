using System.Net;
using BgpLoadBalancer.Interop.Tests.Lab;
using BgpLoadBalancer.Interop.Tests.Routers;
using BgpLoadBalancer.Interop.Tests.Speakers;

namespace BgpLoadBalancer.Interop.Tests;

/// <summary>A peer behind another router (R2): no option of ours is set.</summary>
public sealed class MultihopTests
{
    private static readonly IPAddress FarNode = IPAddress.Parse("10.2.0.11");

    [Theory]
    [ClassData(typeof(EveryRouter))]
    public async Task A_session_over_a_router_in_between_comes_up_and_carries_routes(RouterKind kind)
    {
        await using RouterLab lab = await RouterLab.CreateAsync(kind, nodes: 1);
        // The node of the lab forwards to a second segment, where ours is.
        NetworkNamespace between = lab.Nodes[0];
        Segment far = await lab.Lab.AddSegmentAsync("far");
        NetworkNamespace node = await lab.Lab.AddHostAsync("farnode");
        await far.AttachAsync(between, "eth1", "10.2.0.1/24");
        await far.AttachAsync(node, RouterLab.Link, $"{FarNode}/24");
        await between.SetAsync("ipv4/ip_forward", 1);
        await node.IpAsync("route add default via 10.2.0.1");
        await lab.RouterHost.IpAsync($"route add 10.2.0.0/24 via {RouterLab.NodeAddress(0)}");
        Router router = await lab.StartRouterAsync(new RouterPeer(FarNode, RouterLab.NodeAsn) { Multihop = true });

        SpeakerHost speaker = lab.StartSpeaker(node, FarNode);
        speaker.Announce(("203.0.113.1/32", [FarNode]));

        await speaker.EstablishAsync();
        await Eventually.BecomesAsync(
            "the router has our route", () => router.GetNextHopsAsync("203.0.113.1/32"), hops => hops.SequenceEqual([FarNode]), TimeSpan.FromSeconds(10), speaker.Log);
    }
}
