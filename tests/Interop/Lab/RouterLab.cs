using System.Net;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Interop.Tests.Routers;
using BgpLoadBalancer.Interop.Tests.Speakers;

namespace BgpLoadBalancer.Interop.Tests.Lab;

/// <summary>
/// What most tests need: a router at 10.1.0.1 and fd00:1::1, and nodes at .11 and ::11, .12 and ::12 and so on, on one segment.
/// </summary>
internal sealed class RouterLab : IAsyncDisposable
{
    public const uint RouterAsn = 65000;
    public const uint NodeAsn = 65001;
    public const string Link = "eth0";

    private readonly RouterKind _kind;
    private readonly InteropLab _lab;
    private readonly List<SpeakerHost> _speakers = [];
    private Router? _router;

    private RouterLab(RouterKind kind, InteropLab lab, Segment segment, NetworkNamespace routerHost, NetworkNamespace[] nodes)
    {
        _kind = kind;
        _lab = lab;
        Segment = segment;
        RouterHost = routerHost;
        Nodes = nodes;
    }

    public InteropLab Lab => _lab;

    public Segment Segment { get; }

    public NetworkNamespace RouterHost { get; }

    public IReadOnlyList<NetworkNamespace> Nodes { get; }

    public static IPAddress RouterAddress { get; } = IPAddress.Parse("10.1.0.1");

    public bool HasRouter => _router is not null;

    public Router Router => _router ?? throw new InvalidOperationException("The router has not been started.");

    public static IPAddress NodeAddress(int index) => IPAddress.Parse($"10.1.0.{11 + index}");

    public static IPAddress NodeAddressIPv6(int index) => IPAddress.Parse($"fd00:1::{11 + index}");

    /// <summary>The peer that the router is told of for a node, passive and with defaults.</summary>
    public static RouterPeer Peer(int node = 0) => new(NodeAddress(node), NodeAsn);

    /// <summary>Builds the hosts, or skips the test. No router runs yet.</summary>
    public static async Task<RouterLab> CreateAsync(RouterKind kind, int nodes = 1)
    {
        await LabRequirements.DemandAsync(kind);
        InteropLab lab = await InteropLab.CreateAsync();
        try
        {
            Segment segment = await lab.AddSegmentAsync("lan");
            NetworkNamespace routerHost = await lab.AddHostAsync("router");
            await segment.AttachAsync(routerHost, Link, $"{RouterAddress}/24", "fd00:1::1/64");
            NetworkNamespace[] hosts = new NetworkNamespace[nodes];
            for (int i = 0; i < nodes; i++)
            {
                hosts[i] = await lab.AddHostAsync($"node{i + 1}");
                await segment.AttachAsync(hosts[i], Link, $"{NodeAddress(i)}/24", $"{NodeAddressIPv6(i)}/64");
            }

            return new(kind, lab, segment, routerHost, hosts);
        }
        catch
        {
            await lab.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the router with these peers.</summary>
    public Task<Router> StartRouterAsync(params RouterPeer[] peers) =>
        StartRouterAsync(new RouterOptions(RouterAsn, RouterAddress) { Peers = [.. peers] });

    public async Task<Router> StartRouterAsync(RouterOptions options)
    {
        _router = Router.Create(_kind, _lab, RouterHost, options);
        await _router.StartAsync();
        return _router;
    }

    /// <summary>Starts a speaker on a node that dials the router; <paramref name="change"/> makes it another one.</summary>
    public SpeakerHost StartSpeaker(int node = 0, Func<BgpPeerOptions, BgpPeerOptions>? change = null, bool listen = false) =>
        StartSpeaker(Nodes[node], NodeAddress(node), change, listen);

    /// <summary>The same on any host of the lab.</summary>
    public SpeakerHost StartSpeaker(NetworkNamespace host, IPAddress address, Func<BgpPeerOptions, BgpPeerOptions>? change = null, bool listen = false)
    {
        BgpPeerOptions peer = new()
        {
            PeerAddress = RouterAddress,
            PeerAsn = RouterAsn,
            LocalAsn = NodeAsn,
            LocalAddress = address,
            ConnectRetryTime = TimeSpan.FromSeconds(1),
        };
        SpeakerHost speaker = new(host, change is null ? peer : change(peer), () => _router?.ReadLogs() ?? "", listen);
        _speakers.Add(speaker);
        return speaker;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (SpeakerHost speaker in _speakers) await speaker.DisposeAsync();
        await _lab.DisposeAsync();
    }
}
