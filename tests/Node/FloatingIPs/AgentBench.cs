using System.Net;
using System.Threading.Channels;
using BgpLoadBalancer.Cluster;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;
using BgpLoadBalancer.Cluster.Tests;
using BgpLoadBalancer.Node.FloatingIPs;
using Microsoft.Extensions.Time.Testing;

namespace BgpLoadBalancer.Node.Tests.FloatingIPs;

/// <summary>Agents over one embedded store, each on a host in memory, under a clock that stands until it is told to go on.</summary>
internal sealed class AgentBench(CancellationToken stop) : IAsyncDisposable
{
    public static readonly IPAddress Address = IPAddress.Parse("10.0.1.100");

    // All that hosts and sessions are told, as it happens: what a test waits for.
    private readonly Channel<string> _calls = Channel.CreateUnbounded<string>();
    private readonly Channel<FloatingIPReport> _reports = Channel.CreateUnbounded<FloatingIPReport>();
    private readonly List<FloatingIPAgent> _agents = [];
    private WatchedTime? _watched;

    public FakeTimeProvider Time { get; } = new();

    public UnsteadyStore Store { get; } = new(new ManifestClusterStore(new ManifestStoreOptions { Seed = 1 }));

    // A store's answer has a limit in time, too; who waits for one is still doing something.
    private WatchedTime Watched => _watched ??= new(Time, limitsCount: false);

    /// <summary>The nodes that have the address.</summary>
    public HashSet<string> On { get; } = [];

    /// <summary>What was left until the drop time when a host was last told to hold the address.</summary>
    public TimeSpan Left { get; private set; }

    /// <summary>Done at each probe, with its node; what it returns is the answer.</summary>
    public Func<string, CancellationToken, Task<string?>> Probe { get; set; } = (_, _) => Task.FromResult<string?>(null);

    /// <summary>Until the first announcement is on the link.</summary>
    public Func<CancellationToken, Task> Announce { get; set; } = _ => Task.CompletedTask;

    /// <summary>What a call, such as "a open", throws; null: nothing.</summary>
    public Func<string, Exception?> Failure { get; set; } = _ => null;

    public static NetworkGatewayGroupResource Group(string? node) => new()
    {
        Metadata = new() { Name = "default" },
        FloatingIPs = [Address, IPAddress.Parse("2001:db8::1")],
        Status = [new(Address, node)],
    };

    public FloatingIPAgent Start(string node)
    {
        FloatingIPAgent agent = new(new(node, Store, new Host(this, node), new Sessions(this, node), new FloatingIPSettings(), report => _reports.Writer.TryWrite(report), Watched));
        _agents.Add(agent);
        return agent;
    }

    public Task<LeaseResource> FreeLease(string? holder = null) => Store.CreateAsync(
        new LeaseResource { Metadata = new() { Name = LeaseNames.OfFloatingIP(Address), Namespace = LeaseNames.SystemNamespace }, Holder = holder, DurationSeconds = 15 }, stop);

    public Task<LeaseResource?> Lease() => Store.Inner.GetAsync<LeaseResource>(LeaseNames.SystemNamespace, LeaseNames.OfFloatingIP(Address), stop);

    /// <summary>Waits for exactly these calls to be the next ones, in this order.</summary>
    public async Task Expect(params string[] calls)
    {
        foreach (string call in calls) Assert.Equal(call, await _calls.Reader.ReadAsync(stop));
    }

    /// <summary>The same of two calls that do not wait for each other.</summary>
    public async Task ExpectBoth(string one, string other)
    {
        string[] calls = [await _calls.Reader.ReadAsync(stop), await _calls.Reader.ReadAsync(stop)];
        Assert.Equal(new[] { one, other }.Order(), calls.Order());
    }

    /// <summary>Starts the agent of a node that is named for a free lease, and waits until it has the address.</summary>
    public async Task<FloatingIPAgent> StartUp(string node)
    {
        await FreeLease();
        FloatingIPAgent agent = Start(node);
        agent.Place(Group(node));
        await Expect($"{node} remove");
        await ExpectUp(node);
        return agent;
    }

    /// <summary>Waits until a node has the address and announces it and has its sessions open.</summary>
    public async Task ExpectUp(string node)
    {
        await Expect($"{node} probe", $"{node} hold", $"{node} announce", $"{node} open");
    }

    /// <summary>Waits for the next report of a kind.</summary>
    public async Task<string> ExpectReport(FloatingIPReportKind kind)
    {
        while (true)
        {
            FloatingIPReport report = await _reports.Reader.ReadAsync(stop);
            if (report.Kind == kind) return report.Message;
        }
    }

    /// <summary>The clock goes on when somebody waits for it: what a test has seen an agent do comes a moment before its next wait.</summary>
    /// <param name="seconds">Somebody waits for no longer than that.</param>
    public async Task Advance(double seconds)
    {
        TimeSpan time = TimeSpan.FromSeconds(seconds);
        while (!Watched.WaitsFor(time)) await Task.Run(static () => { }, stop);
        Time.Advance(time);
    }

    public async ValueTask DisposeAsync()
    {
        Store.Answer = StoreAnswer.Normal;
        foreach (FloatingIPAgent agent in _agents) await agent.DisposeAsync();
    }

    /// <summary>Something else that happens in the order of the calls.</summary>
    public void Note(string what) => _calls.Writer.TryWrite(what);

    private void Called(string node, string what)
    {
        _calls.Writer.TryWrite($"{node} {what}");
        if (Failure($"{node} {what}") is { } failure) throw failure;
    }

    private sealed class Host(AgentBench bench, string node) : IFloatingIPHost
    {
        public Task<string?> ProbeAsync(IPAddress address, CancellationToken cancellationToken)
        {
            bench.Called(node, "probe");
            return bench.Probe(node, cancellationToken);
        }

        public Task<bool> HoldAsync(IPAddress address, Deadline until, CancellationToken cancellationToken)
        {
            Assert.Equal(Address, address);
            if (until.KernelLifetime is null) return Task.FromResult(false);
            bench.Left = until.Left;
            lock (bench.On)
            {
                bench.On.Add(node);
                Assert.Equal([node], bench.On);
            }

            bench.Called(node, "hold");
            return Task.FromResult(true);
        }

        public Task RemoveAsync(IPAddress address, CancellationToken cancellationToken)
        {
            lock (bench.On) bench.On.Remove(node);
            bench.Called(node, "remove");
            return Task.CompletedTask;
        }

        public async Task AnnounceAsync(IPAddress address, Action said, CancellationToken cancellationToken)
        {
            bench.Called(node, "announce");
            await bench.Announce(cancellationToken);
            said();
            // As one that repeats itself for ever: it must be ended.
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
    }

    private sealed class Sessions(AgentBench bench, string node) : IFloatingIPSessions
    {
        public Task OpenAsync(IPAddress address, CancellationToken cancellationToken)
        {
            bench.Called(node, "open");
            return Task.CompletedTask;
        }

        public Task CloseAsync(IPAddress address, SessionClosing closing, CancellationToken cancellationToken)
        {
            bench.Called(node, $"close {closing}");
            return Task.CompletedTask;
        }
    }
}
