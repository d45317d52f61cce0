using System.Collections.Concurrent;
using System.Net;
using BgpLoadBalancer.Cluster;
using BgpLoadBalancer.Cluster.Control;
using BgpLoadBalancer.Cluster.Control.Leading;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;
using BgpLoadBalancer.Interop.Tests.Lab;
using BgpLoadBalancer.Interop.Tests.Routers;
using BgpLoadBalancer.StoreServer;

namespace BgpLoadBalancer.Interop.Tests.Clusters;

/// <summary>
/// A whole cluster: three nodes with an agent each, a controller, a store that all share, BIRD and FRR as its routers, and a client behind each of them. The nodes
/// and routers are on one segment; what answers at the virtual IP on a node is independent of its agent.
/// </summary>
internal sealed class ClusterLab : IAsyncDisposable
{
    public const int NodeCount = 3;
    private const int Port = 8080;

    private readonly InteropLab _lab;
    private readonly Segment _segment;
    private readonly ClusterTimings _timings;
    private readonly CancellationTokenSource _ending = new();
    private readonly ConcurrentQueue<string> _controllerLog = new();
    private readonly List<TrafficProbe> _probes = [];
    private ConnectionCounters? _servers;
    private Task _controller = Task.CompletedTask;

    private ClusterLab(InteropLab lab, Segment segment, ClusterTimings timings, ManifestClusterStore store)
    {
        (_lab, _segment, _timings) = (lab, segment, timings);
        Store = store;
        Server = new(store, SocketPath);
    }

    public ManifestClusterStore Store { get; }

    /// <summary>What all but the test itself see of the store.</summary>
    public ClusterStoreServer Server { get; }

    public List<NetworkNamespace> Nodes { get; } = [];

    public List<AgentProcess> Agents { get; } = [];

    public List<Router> Routers { get; } = [];

    public AddressWatch Addresses { get; private set; } = null!;

    private string SocketPath => Path.Combine(_lab.Folder, "store.sock");

    /// <summary>Builds all of it and waits until both routers' kernels have the virtual IP through every node.</summary>
    public static async Task<ClusterLab> CreateAsync(ClusterTimings timings)
    {
        await LabRequirements.DemandAsync(RouterKind.Bird);
        await LabRequirements.DemandAsync(RouterKind.Frr);
        InteropLab lab = await InteropLab.CreateAsync();
        ClusterLab cluster = new(lab, await lab.AddSegmentAsync("lan"), timings, await ClusterResources.CreateStoreAsync(NodeCount));
        try
        {
            await cluster.BuildAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>The node that the kernels say has the floating IP; fails unless it is exactly one.</summary>
    public int HolderOf(IPAddress floatingIP) => Assert.Single(Addresses.Holders(floatingIP));

    public Task HeldAsync(IPAddress floatingIP, Func<int, bool> by, TimeSpan limit) => Eventually.BecomesAsync(
        $"{floatingIP} is held as it should", () => Task.FromResult(Addresses.Holders(floatingIP)), holders => holders is [int holder] && by(holder), limit, Log);

    /// <summary>Waits until both routers' kernels reach the virtual IP through these nodes.</summary>
    public async Task RoutedAsync(IEnumerable<int> nodes, TimeSpan limit)
    {
        IPAddress[] hops = [.. nodes.Select(RouterLab.NodeAddress)];
        foreach (Router router in Routers)
        {
            await Eventually.BecomesAsync($"{router.GetType().Name} has the next hops", () => router.Host.GetKernelNextHopsAsync($"{ClusterResources.Vip}/32"), seen => seen.SequenceEqual(hops), limit, Log);
        }
    }

    /// <summary>Waits until both routers have a session with every floating IP.</summary>
    public async Task EstablishedAsync(TimeSpan limit)
    {
        foreach (Router router in Routers)
        {
            foreach (IPAddress floatingIP in ClusterResources.FloatingIPs)
            {
                await Eventually.BecomesAsync($"{router.GetType().Name} has a session with {floatingIP}", () => router.GetSessionAsync(floatingIP), session => session.Established, limit, Log);
            }
        }
    }

    /// <summary>What the clients have seen since the last call, one behind each router.</summary>
    public Task<TrafficSummary[]> TakeTrafficAsync() => Task.WhenAll(_probes.Select(probe => probe.TakeAsync()));

    /// <summary>Writes what the clients have seen since the last call, and fails when a request did.</summary>
    /// <param name="sameNextHops">Nobody came or went, so no connection may have moved.</param>
    public async Task AssertNothingFailedAsync(ITestOutputHelper output, string what, bool sameNextHops)
    {
        foreach (TrafficSummary summary in await TakeTrafficAsync())
        {
            output.WriteLine($"{what}: {summary}");
            Assert.True(summary.Failures == 0 && !(sameNextHops && summary.Moved > 0), $"{Log()}\n{what}: {summary}");
        }
    }

    /// <summary>Goes on for a second and fails when a request does.</summary>
    public async Task AssertQuietAsync()
    {
        await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        Assert.All(await TakeTrafficAsync(), summary => Assert.Equal(0, summary.Failures));
    }

    /// <summary>The agents' reports of the service sessions.</summary>
    public async Task<IReadOnlyList<BgpSessionResource>> SessionsAsync() =>
        [.. (await Store.ListAsync<BgpSessionResource>(LeaseNames.SystemNamespace, TestContext.Current.CancellationToken)).Items.Where(session => session.FloatingIP is not null)];

    /// <summary>The agents' reports of the sessions of their nodes' bgpadvertisers.</summary>
    public async Task<IReadOnlyList<BgpSessionResource>> ControlPlaneSessionsAsync() =>
        [.. (await Store.ListAsync<BgpSessionResource>(LeaseNames.SystemNamespace, TestContext.Current.CancellationToken)).Items.Where(session => session.FloatingIP is null)];

    /// <summary>A node is gone from one moment to the next: nothing runs on it, and nothing reaches it.</summary>
    public async Task DieAsync(int node)
    {
        Agents[node].Kill();
        await _segment.CutAsync(Nodes[node]);
    }

    public LabProcess StartOn(int node, string logName, string program, params string[] arguments) => _lab.Start(Nodes[node], logName, program, arguments);

    public string Log() => string.Join('\n', [$"--- controller\n{string.Join('\n', _controllerLog)}", .. Agents.Select(agent => agent.Log()), .. Routers.Select(router => router.ReadLogs())]);

    public async ValueTask DisposeAsync()
    {
        foreach (TrafficProbe probe in _probes) probe.Dispose();
        if (_servers is not null) await _servers.DisposeAsync();
        await _ending.CancelAsync();
        await _controller.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Server.DisposeAsync();
        await _lab.DisposeAsync();
        _ending.Dispose();
    }

    private async Task BuildAsync()
    {
        for (int i = 0; i < NodeCount; i++)
        {
            NetworkNamespace node = await _lab.AddHostAsync($"node{i + 1}");
            await _segment.AttachAsync(node, RouterLab.Link, $"{RouterLab.NodeAddress(i)}/24");
            await node.AddAddressAsync("lo", $"{ClusterResources.Vip}/32");
            Nodes.Add(node);
            Agents.Add(new(_lab, node, ClusterResources.NodeName(i), SocketPath, _timings));
        }

        await AddRouterAsync(RouterKind.Bird, 0);
        await AddRouterAsync(RouterKind.Frr, 1);
        _servers = ConnectionCounters.Start(Nodes, ClusterResources.Vip, Port);
        Addresses = AddressWatch.Start(_lab, Nodes);
        StartController();
        foreach (AgentProcess agent in Agents) agent.Start();
        await EstablishedAsync(TimeSpan.FromSeconds(60));
        await RoutedAsync(Enumerable.Range(0, NodeCount), TimeSpan.FromSeconds(15));
        _ = await TakeTrafficAsync();
    }

    private async Task AddRouterAsync(RouterKind kind, int index)
    {
        IPAddress address = ClusterResources.Routers[index];
        NetworkNamespace host = await _lab.AddHostAsync($"router{index + 1}");
        await _segment.AttachAsync(host, RouterLab.Link, $"{address}/24");
        NetworkNamespace client = await _lab.AddHostAsync($"client{index + 1}");
        Segment outside = await _lab.AddSegmentAsync($"outside{index + 1}");
        await outside.AttachAsync(host, "eth1", $"10.3.{index + 1}.1/24");
        await outside.AttachAsync(client, RouterLab.Link, $"10.3.{index + 1}.2/24");
        await client.IpAsync($"route add default via 10.3.{index + 1}.1");
        await host.SetAsync("ipv4/ip_forward", 1);
        await host.SetAsync("ipv4/fib_multipath_hash_policy", 1);
        foreach (NetworkNamespace node in Nodes) await node.IpAsync($"route add 10.3.{index + 1}.0/24 via {address}");
        RouterPeer[] peers =
        [
            .. ClusterResources.FloatingIPs.Select(floatingIP => new RouterPeer(floatingIP, RouterLab.NodeAsn) { GracefulRestart = true }),
            .. Enumerable.Range(0, NodeCount).Select(node => new RouterPeer(RouterLab.NodeAddress(node), RouterLab.NodeAsn)),
        ];
        Router router = Router.Create(kind, _lab, host, new(RouterLab.RouterAsn, address) { Peers = [.. peers] });
        await router.StartAsync();
        Routers.Add(router);
        _probes.Add(TrafficProbe.Start(client, new(ClusterResources.Vip, Port)));
    }

    // Over the socket like the agents, so that an outage of the store is one for the controller, too.
    private void StartController()
    {
        IClusterStore store = new RemoteClusterStore(SocketPath);
        ControllerSettings settings = new() { NodeLeaseDuration = TimeSpan.FromSeconds(_timings.NodeLease), SessionReportPeriod = TimeSpan.FromSeconds(_timings.Report) };
        LeaseLeaderGate gate = new(store, LeaseNames.OfController(ClusterResources.Namespace), "controller-1", new(), TimeProvider.System, new Random(1), Report);
        ClusterController controller = new(new(store, store, ClusterResources.Namespace), settings, gate, TimeProvider.System, new Random(2), Report);
        _controller = controller.RunAsync(_ending.Token);
    }

    private void Report(ControlEvent happened) => _controllerLog.Enqueue($"{DateTime.UtcNow:HH:mm:ss.fff} {happened}");
}
