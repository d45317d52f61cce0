using System.Collections.Concurrent;
using BgpLoadBalancer.Bgp.Transport;
using BgpLoadBalancer.Cluster.Control;
using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Stores;
using BgpLoadBalancer.Node.Agent;
using BgpLoadBalancer.Node.FloatingIPs;
using BgpLoadBalancer.Node.Tests.Reporting;
using Microsoft.Extensions.Time.Testing;

namespace BgpLoadBalancer.Node.Tests.Agent;

/// <summary>How an agent refuses to start, and how it goes on when a part of it fails.</summary>
public sealed class NodeAgentEndTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly ConcurrentQueue<ControlEvent> _events = [];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_part_that_fails_or_just_ends_is_reported_and_begins_anew_while_the_agent_goes_on(bool fails)
    {
        Part part = new();
        part.Run = cancellation => part.Runs > 1 ? Task.Delay(Timeout.Infinite, cancellation) : fails ? throw new InvalidOperationException("the part is broken") : Task.CompletedTask;
        await using NodeAgent agent = Agent(new() { NodeName = "node-0" }, part);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        Task running = agent.RunAsync(stop.Token);
        await Running.SettleAsync(() => !_events.IsEmpty);
        ControlEvent reported = Assert.Single(_events, one => one.Subject == "Part");
        Assert.Equal((ControlEventLevel.Warning, fails), (reported.Level, reported.Error?.Contains("the part is broken", StringComparison.Ordinal) ?? false));
        await Running.SettleAsync(() => agent.Status.Problem?.StartsWith("Part", StringComparison.Ordinal) == true);
        Assert.Equal(fails ? "Part: the part is broken" : "Part: ended by itself", agent.Status.Problem);

        await PassAsync(() => part.Runs == 2);
        Assert.False(running.IsCompleted);
        await stop.CancelAsync();
        await PassAsync(() => running.IsCompleted);
        await running;
        Assert.False(agent.Status.Running);
    }

    [Fact]
    public async Task A_plan_that_could_not_be_followed_is_followed_again_although_nothing_changes()
    {
        Part part = new() { Refuses = 2, Run = cancellation => Task.Delay(Timeout.Infinite, cancellation) };
        await using NodeAgent agent = Agent(new() { NodeName = "node-0" }, part);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        Task running = agent.RunAsync(stop.Token);

        await PassAsync(() => part.Followed == 3);
        Assert.Equal(2, _events.Count(one => one.Subject == "Following the plan"));
        // So many are no accident, so it is shown for a while.
        Assert.Equal("Following the plan: the plan is not taken", agent.Status.Problem);
        await stop.CancelAsync();
        await PassAsync(() => running.IsCompleted);
        await running;
    }

    [Fact]
    public void By_default_durations_are_those_of_the_requirements()
    {
        NodeAgentSettings agent = new() { NodeName = "node-1" };
        ControllerSettings controller = new();
        // R23: renewed each 5 s, 15 s long; R30: each 10 s. Both sides have to go by the same.
        Assert.Equal((5.0, 15.0, 10.0), (agent.NodeLeaseRenew.TotalSeconds, agent.NodeLeaseDuration.TotalSeconds, agent.SessionReportPeriod.TotalSeconds));
        Assert.Equal((agent.NodeLeaseDuration, agent.SessionReportPeriod), (controller.NodeLeaseDuration, controller.SessionReportPeriod));
    }

    [Fact]
    public async Task It_runs_once()
    {
        await using NodeAgent agent = Agent(new() { NodeName = "node-0" });
        agent.RequestPlannedRestart();
        await agent.RunAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        _ = await Assert.ThrowsAsync<InvalidOperationException>(() => agent.RunAsync(TestContext.Current.CancellationToken));
    }

    public static TheoryData<NodeAgentSettings, string> Impossible => new()
    {
        { new() { NodeName = "" }, "name" },
        { new() { NodeName = "Node 1" }, "'Node 1'" },
        { new() { NodeName = "n", SessionReportPeriod = TimeSpan.FromMilliseconds(10) }, "0.01 s" },
        { new() { NodeName = "n", NodeLeaseRenew = TimeSpan.FromSeconds(10) }, "at most 7.5 s" },
        { new() { NodeName = "n", NodeLeaseDuration = TimeSpan.FromSeconds(15.5) }, "whole seconds" },
        { new() { NodeName = "n", FloatingIPs = new() { Drop = TimeSpan.FromSeconds(14) } }, "drop" },
    };

    [Theory]
    [MemberData(nameof(Impossible))]
    public void Settings_that_do_not_fit_are_refused_by_name(NodeAgentSettings settings, string named) =>
        Assert.Contains(named, Assert.Throws<ArgumentException>(() => Agent(settings)).Message, StringComparison.Ordinal);

    private NodeAgent Agent(NodeAgentSettings settings, params INodeAgentPart[] parts)
    {
        LoopbackNodeNetwork host = new("node-0", [], _time, new LoopbackSegment());
        ManifestClusterStore store = new(new() { Seed = 1 });
        return new(store, AgentCluster.Namespace, settings, new(host, host, new MemoryTransport()) { Parts = [.. parts] }, _time, new Random(1), _events.Enqueue);
    }

    private async Task PassAsync(Func<bool> condition)
    {
        for (int i = 0; !condition(); i++)
        {
            Assert.True(i < 100_000, $"It never happens. {string.Join('\n', _events)}");
            _time.Advance(TimeSpan.FromMilliseconds(10));
            await Task.Yield();
        }
    }

    private sealed class Part : INodeAgentPart
    {
        private int _runs;
        private int _followed;

        public Func<CancellationToken, Task> Run { get; set; } = _ => Task.CompletedTask;

        /// <summary>How many plans it does not take.</summary>
        public int Refuses { get; init; }

        public int Runs => Volatile.Read(ref _runs);

        public int Followed => Volatile.Read(ref _followed);

        public string? Problem => null;

        public void Follow(ClusterPlan? plan)
        {
            if (Interlocked.Increment(ref _followed) <= Refuses) throw new InvalidOperationException("the plan is not taken");
        }

        public async Task RunAsync(CancellationToken cancellationToken)
        {
            _ = Interlocked.Increment(ref _runs);
            await Run(cancellationToken);
        }
    }
}
