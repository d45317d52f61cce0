using System.Net;
using BgpLoadBalancer.Bgp.Session;
using BgpLoadBalancer.Bgp.Transport;
using BgpLoadBalancer.Cluster;
using BgpLoadBalancer.Cluster.Control;
using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;
using BgpLoadBalancer.Node.FloatingIPs;
using Microsoft.Extensions.Time.Testing;

namespace BgpLoadBalancer.Node.Tests.Agent;

/// <summary>A whole cluster in one process, on a virtual clock: embedded store, controller, an agent on each node, and routers.</summary>
internal sealed class AgentLab : IAsyncDisposable
{
    private const int MostUsuallyBusy = 2;

    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _ending = new();
    private readonly FakeTimeProvider _time = new();
    private readonly MemoryTransport _network = new();
    private readonly LoopbackSegment _segment = new();
    private readonly List<LabAgent> _all = [];
    private readonly ClusterSnapshot _snapshot;
    private OutageStore? _controllersStore;
    private Task _controlling = Task.CompletedTask;
    private int _usuallyBusy;

    public AgentLab(int nodes, int floatingIPs, int routers, params IEnumerable<ServiceResource> services)
    {
        _snapshot = AgentCluster.Snapshot(nodes, floatingIPs, routers, services);
        FloatingIPs = [.. Enumerable.Range(0, floatingIPs).Select(AgentCluster.FloatingIP)];
        // One more than the cluster knows of at first.
        Routers = [.. Enumerable.Range(0, routers + 1).Select(i => new TestRouter(_network, _time, AgentCluster.RouterAddress(i), FloatingIPs))];
    }

    public ManifestClusterStore Store { get; } = new(new() { Seed = 1 });

    public IPAddress[] FloatingIPs { get; }

    public TestRouter[] Routers { get; }

    /// <summary>By number of the node; of a node that has had several, the last one.</summary>
    public LabAgent[] Agents { get; private set; } = [];

    public TimeSpan Now => _time.GetUtcNow() - _time.Start;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Until all floating IPs are on nodes, and every router has a session from each.</summary>
    public async Task StartAsync()
    {
        _usuallyBusy = await MeasureAsync();
        await AgentCluster.FillAsync(Store, _snapshot, Cancelled);
        _controllersStore = new(Store);
        ClusterController controller = new(new(_controllersStore, _controllersStore, AgentCluster.Namespace), new(), new Leading(), _time, new Random(3), _ => { });
        _controlling = controller.RunAsync(_ending.Token);
        Agents = [.. _snapshot.Nodes.Select((_, i) => Add(i))];
        await UntilAsync("every router has its sessions", () => Routers[..^1].All(router => FloatingIPs.All(ip => router.Session(ip).State == BgpSessionState.Established)));
    }

    /// <summary>The store answers nobody, or everybody again.</summary>
    public void SetStoreAway(bool away)
    {
        _controllersStore!.Away = away;
        foreach (LabAgent agent in Agents) agent.Store.Away = away;
    }

    /// <summary>Another agent on a node, as after a restart.</summary>
    public void Restart(int node) => Agents[node] = Add(node);

    /// <summary>The number of the node that has the address; null when none has. Two are never allowed (R19).</summary>
    public int? HolderOf(IPAddress address) => _segment.HoldersOf(address) is [{ } name] ? Array.FindIndex(Agents, agent => agent.Name == name) : null;

    public async Task<T> ChangeAsync<T>(string space, string name, Func<T, T> change)
        where T : Resource => await Store.UpdateAsync(change((await Store.GetAsync<T>(space, name, Cancelled))!), Cancelled);

    public async Task<BgpSessionResource[]> SessionsAsync() => [.. (await Store.ListAsync<BgpSessionResource>("kube-system", Cancelled)).Items];

    /// <summary>Lets virtual time pass until something is so.</summary>
    /// <param name="within">Virtual time; null: a minute.</param>
    public async Task UntilAsync(string what, Func<bool> condition, TimeSpan? within = null)
    {
        TimeSpan latest = Now + (within ?? TimeSpan.FromMinutes(1));
        await SettleAsync();
        while (!condition())
        {
            Assert.True(Now < latest, $"Not within the time: {what}.\n{Describe()}");
            await StepAsync();
        }
    }

    public async Task PassAsync(TimeSpan time, Action? meanwhile = null)
    {
        for (TimeSpan end = Now + time; Now < end;)
        {
            await StepAsync();
            meanwhile?.Invoke();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        foreach (LabAgent agent in _all)
        {
            agent.Revive();
            agent.Stop();
        }

        Task ended = Task.WhenAll([_controlling, .. _all.Select(agent => agent.Running), .. Routers.Select(router => router.DisposeAsync().AsTask())]);
        for (int i = 0; i < 10_000 && !ended.IsCompleted; i++) await StepAsync();
        Assert.True(ended.IsCompleted, $"Something does not end.\n{Describe()}");
        await ended.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ending.Dispose();
        foreach (LabAgent agent in _all) await agent.DisposeAsync();
        Assert.All(_all, agent => Assert.False(agent.Running.IsFaulted, agent.Running.Exception?.ToString()));
    }

    private LabAgent Add(int node)
    {
        LabAgent agent = new(node, Store, _network, _segment, _time, seed: 10 + _all.Count);
        _all.Add(agent);
        return agent;
    }

    private async Task StepAsync()
    {
        _time.Advance(s_step);
        foreach (LabAgent agent in _all) agent.Advance(s_step);
        await SettleAsync();
        Assert.All(FloatingIPs, ip => Assert.True(_segment.HoldersOf(ip).Length <= 1, $"{ip} is on {string.Join(" and ", _segment.HoldersOf(ip))}.\n{Describe()}"));
    }

    // The clock must not run away from the work: it goes on when for some turns nobody but us has anything to do, or after a bounded number of them.
    private async Task SettleAsync()
    {
        int quiet = 0;
        for (int i = 0; i < 20_000 && quiet < 20; i++)
        {
            long before = ThreadPool.CompletedWorkItemCount;
            await Task.Yield();
            // A thread that has work, and no processor to do it on.
            _ = Thread.Yield();
            quiet = ThreadPool.PendingWorkItemCount == 0 && ThreadPool.CompletedWorkItemCount - before <= 1 && BusyThreads <= _usuallyBusy ? quiet + 1 : 0;
        }
    }

    // Of the test runner's own, while nothing of the lab runs yet. Measured on a busy machine it may come out too high, and then nothing would be waited for.
    private static async Task<int> MeasureAsync()
    {
        int[] samples = new int[201];
        for (int i = 0; i < samples.Length; i++)
        {
            await Task.Yield();
            samples[i] = BusyThreads;
        }

        Array.Sort(samples);
        return Math.Min(MostUsuallyBusy, samples[samples.Length / 20]);
    }

    private static int BusyThreads
    {
        get
        {
            ThreadPool.GetMaxThreads(out int most, out _);
            ThreadPool.GetAvailableThreads(out int free, out _);
            return most - free;
        }
    }

    private string Describe() => string.Join('\n', _all.SelectMany(agent => agent.Events.TakeLast(15).Select(one => $"{agent.Name}: {one}").Prepend($"{agent.Name} at {Now}: {agent.Running.Status}, {string.Join(", ", agent.Agent.Status.FloatingIPs)}; {agent.Agent.Status}")));

    private sealed class Leading : ILeaderGate
    {
        public string? Problem => null;

        public Task RunAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken) => work(cancellationToken);
    }
}
