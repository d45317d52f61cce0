using System.Net;
using System.Net.Sockets;
using BgpLoadBalancer.Interop.Tests.Lab;
using BgpLoadBalancer.Interop.Tests.Routers;
using BgpLoadBalancer.Interop.Tests.Speakers;

namespace BgpLoadBalancer.Interop.Tests;

/// <summary>What it is all for: a client reaches a virtual IP, and the router spreads the connections over the nodes.</summary>
public sealed class TrafficTests
{
    private const int NodeCount = 3;
    private const int Connections = 120;
    private const int Port = 8080;
    private static readonly IPAddress Vip = IPAddress.Parse("203.0.113.1");
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    [Theory]
    [ClassData(typeof(EveryForwardingRouter))]
    public async Task Connections_to_a_vip_are_spread_over_its_nodes_and_leave_a_node_that_is_taken_out(RouterKind kind)
    {
        await using RouterLab lab = await RouterLab.CreateAsync(kind, NodeCount);
        NetworkNamespace client = await AddClientAsync(lab);
        Router router = await lab.StartRouterAsync(RouterLab.Peer());
        await using ConnectionCounters counters = ConnectionCounters.Start(lab.Nodes, Vip, Port);
        IPAddress[] nextHops = [.. Enumerable.Range(0, NodeCount).Select(RouterLab.NodeAddress)];

        // One node speaks for all of them.
        SpeakerHost speaker = lab.StartSpeaker();
        speaker.Announce(($"{Vip}/32", nextHops));
        await speaker.EstablishAsync();
        await KernelHasAsync(router, speaker, nextHops);

        await ConnectAsync(client);
        int[] spread = counters.Take();
        Assert.Equal(Connections, spread.Sum());
        // An even spread is 40 each; fewer than 15 would be a matter of one in ten million.
        Assert.All(spread, count => Assert.InRange(count, 15, 80));

        speaker.Announce(($"{Vip}/32", nextHops[..2]));
        await KernelHasAsync(router, speaker, nextHops[..2]);
        await ConnectAsync(client);
        spread = counters.Take();
        Assert.Equal(Connections, spread.Sum());
        Assert.Equal(0, spread[2]);
    }

    private static async Task<NetworkNamespace> AddClientAsync(RouterLab lab)
    {
        NetworkNamespace client = await lab.Lab.AddHostAsync("client");
        Segment outside = await lab.Lab.AddSegmentAsync("outside");
        await outside.AttachAsync(lab.RouterHost, "eth1", "10.3.0.1/24");
        await outside.AttachAsync(client, RouterLab.Link, "10.3.0.2/24");
        await client.IpAsync("route add default via 10.3.0.1");
        await lab.RouterHost.SetAsync("ipv4/ip_forward", 1);
        // By addresses and ports: connections of one client are spread, too.
        await lab.RouterHost.SetAsync("ipv4/fib_multipath_hash_policy", 1);
        foreach (NetworkNamespace node in lab.Nodes)
        {
            await node.IpAsync($"route add default via {RouterLab.RouterAddress}");
            await node.AddAddressAsync("lo", $"{Vip}/32");
        }

        return client;
    }

    private static async Task ConnectAsync(NetworkNamespace client)
    {
        for (int i = 0; i < Connections; i++)
        {
            using Socket socket = client.CreateSocket(AddressFamily.InterNetwork);
            using CancellationTokenSource limit = new(Soon);
            await socket.ConnectAsync(new IPEndPoint(Vip, Port), limit.Token);
            // The node closes only after it has counted.
            Assert.Equal(0, await socket.ReceiveAsync(new byte[1], limit.Token));
        }
    }

    private static async Task KernelHasAsync(Router router, SpeakerHost speaker, IPAddress[] nextHops) => await Eventually.BecomesAsync(
        "the router's kernel has the route", () => router.Host.GetKernelNextHopsAsync($"{Vip}/32"), hops => hops.SequenceEqual(nextHops), Soon, speaker.Log);
}
