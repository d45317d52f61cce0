using System.Collections.Concurrent;
using System.Net;
using BgpLoadBalancer.Advertiser.Configuration;
using BgpLoadBalancer.Bgp.Session;
using BgpLoadBalancer.Bgp.Wire;
using BgpLoadBalancer.Cluster.Control;
using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;
using BgpLoadBalancer.Node.ControlPlane;
using BgpLoadBalancer.Node.Tests.Agent;

namespace BgpLoadBalancer.Advertiser.Tests.Processes;

/// <summary>The control-plane side of a node's agent together with a real bgpadvertiser: from plan to file, from <c>/sessions</c> to the store (R11, R14, R15, R30).</summary>
public sealed class NodeAgentPartTests : IDisposable
{
    private const string Vip = "10.9.0.8";

    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentQueue<ControlEvent> _events = [];
    private readonly ManifestClusterStore _store = new(new() { Seed = 1 });

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string ConfigPath => _folder.PathOf("bgp.yaml");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_the_agent_writes_bgpadvertiser_reads()
    {
        await WriteAsync(Plan(new(IPAddress.Parse("192.0.2.1"), 65000), new(IPAddress.Parse("192.0.2.2"), 4200000000, 1179), new(IPAddress.Parse("192.0.2.3"), 65000, 179, [AgentCluster.NodeAddress(1)])));

        ConfigReading reading = new ConfigFile(ConfigPath, [IPAddress.Parse(Vip)]).Read();
        Assert.Empty(reading.Problems);
        Assert.Equal(
            new(AgentCluster.NodeAddress(0), AgentCluster.LocalAsn, [new(IPAddress.Parse("192.0.2.1"), 65000), new(IPAddress.Parse("192.0.2.2"), 4200000000) { PeerPort = 1179 }]),
            reading.Config);
    }

    [Fact]
    public async Task A_removed_peer_is_taken_over_without_touching_the_other_and_the_store_has_it_all()
    {
        string local = AgentCluster.NodeAddress(0).ToString();
        await using Router first = new("127.0.0.1", AgentCluster.LocalAsn, local);
        await using Router second = new("127.0.0.2", AgentCluster.LocalAsn, local);
        ClusterPlan both = Plan(new(first.Address, Router.Asn, first.Port), new(second.Address, Router.Asn, second.Port));
        await WriteAsync(both);
        await using AdvertiserProcess advertiser = AdvertiserProcess.Run(ConfigPath, Vip);
        ControlPlanePart part = Part(await advertiser.HealthAddressAsync());
        part.Follow(both);
        await RunningAsync(part, async () =>
        {
            await UntilAsync(first, session => session?.Status is { State: "Established", AdvertisedRoutes.Length: 1 });
            BgpSessionResource reported = await UntilAsync(second, session => session?.Status is { State: "Established", AdvertisedRoutes.Length: 1 });
            Assert.Equal((null, AgentCluster.LocalAsn, local, "node-0", Router.Asn), (reported.FloatingIP, reported.LocalAsn, reported.LocalIP.ToString(), reported.NodeName, reported.PeerAsn));
            Assert.Equal($"{Vip}/32", Assert.Single(reported.Status!.AdvertisedRoutes).ToString());
            Assert.Null(reported.Status.LastError);

            part.Follow(Plan(new ControlPlanePeer(first.Address, Router.Asn, first.Port)));
            await second.SessionAsync(local, session => session.State != BgpSessionState.Established);
            Assert.Equal(CeaseSubcode.PeerDeconfigured, (await second.NotificationAsync()).Subcode);
            await UntilAsync(second, session => session is null);

            advertiser.Signal("TERM");
            Assert.Equal(0, (await advertiser.ExitAsync()).Code);
            // Until its end the other one was the same session.
            Assert.Equal(1, (await first.SessionAsync(local, session => session.State != BgpSessionState.Established)).Received.Open.Count);
            BgpSessionResource unknown = await UntilAsync(first, session => session?.Status?.State == "Unknown");
            Assert.StartsWith("bgpadvertiser does not answer at http://127.0.0.1:", unknown.Status!.LastError, StringComparison.Ordinal);
        });
    }

    private static ClusterPlan Plan(params ControlPlanePeer[] peers)
    {
        ClusterSnapshot snapshot = AgentCluster.Snapshot(nodes: 2, floatingIPs: 1, peers: 0);
        return Planner.Plan(snapshot with { Cluster = snapshot.Cluster with { LoadBalancer = snapshot.Cluster.LoadBalancer with { BgpPeers = [.. peers] } } });
    }

    // Nobody listens there yet, as when a static pod waits for its file.
    private Task WriteAsync(ClusterPlan plan)
    {
        ControlPlanePart part = Part(new(IPAddress.Loopback, 1));
        part.Follow(plan);
        return RunningAsync(part, async () =>
        {
            while (!File.Exists(ConfigPath)) await Task.Delay(10, Cancelled);
        });
    }

    private ControlPlanePart Part(IPEndPoint healthAddress) => new(
        _store,
        new() { NodeName = "node-0" },
        new() { ConfigPath = ConfigPath, HealthAddress = healthAddress, PollPeriod = TimeSpan.FromMilliseconds(200) },
        TimeProvider.System,
        _events.Enqueue);

    private static async Task RunningAsync(ControlPlanePart part, Func<Task> meanwhile)
    {
        using CancellationTokenSource ending = new();
        Task running = part.RunAsync(ending.Token);
        try
        {
            await meanwhile();
        }
        finally
        {
            await ending.CancelAsync();
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        Assert.True(running.IsCanceled, running.Exception?.ToString());
    }

    /// <summary>Waits until the object of the router's session is so in the store.</summary>
    private async Task<BgpSessionResource> UntilAsync(Router router, Func<BgpSessionResource?, bool> condition)
    {
        string name = $"{router.Address}-node-0-control-plane";
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        deadline.CancelAfter(AdvertiserProcess.Deadline);
        while (true)
        {
            ResourceList<BgpSessionResource> all = await _store.ListAsync<BgpSessionResource>("kube-system", deadline.Token);
            BgpSessionResource? now = all.Items.FirstOrDefault(session => session.Metadata.Name == name);
            if (condition(now)) return now!;
            try
            {
                await foreach (ResourceChange<BgpSessionResource> change in _store.WatchAsync<BgpSessionResource>("kube-system", all.ResourceVersion, deadline.Token))
                {
                    if (change.Resource.Metadata.Name == name) break;
                }
            }
            catch (OperationCanceledException) when (!Cancelled.IsCancellationRequested)
            {
                Assert.Fail($"{name} does not become so. It is {now}.\n{string.Join('\n', _events)}");
            }
        }
    }
}
