using System.Collections.Concurrent;
using BgpLoadBalancer.Bgp.Transport;
using BgpLoadBalancer.Cluster.Control;
using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Stores;
using BgpLoadBalancer.Node.Agent;
using BgpLoadBalancer.Node.FloatingIPs;
using Microsoft.Extensions.Time.Testing;

namespace BgpLoadBalancer.Node.Tests.Agent;

/// <summary>How an agent refuses to start, and how it ends when a part of it does.</summary>
public sealed class NodeAgentEndTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly ConcurrentQueue<ControlEvent> _events = [];

    [Fact]
    public async Task A_part_that_fails_ends_the_agent_with_its_fault()
    {
        await using NodeAgent agent = Agent(new() { NodeName = "node-0" }, new Part(() => throw new InvalidOperationException("the part is broken")));

        AggregateException thrown = await Assert.ThrowsAsync<AggregateException>(() => agent.RunAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));

        Assert.Equal("the part is broken", Assert.Single(thrown.InnerExceptions).Message);
        Assert.Contains(_events, one => one.Level == ControlEventLevel.Warning && one.Error!.Contains("the part is broken", StringComparison.Ordinal));
        Assert.False(agent.Status.Running);
    }

    [Fact]
    public async Task A_part_that_just_ends_is_a_fault_too()
    {
        await using NodeAgent agent = Agent(new() { NodeName = "node-0" }, new Part(() => Task.CompletedTask));

        _ = await Assert.ThrowsAsync<AggregateException>(() => agent.RunAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
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

    private sealed class Part(Func<Task> run) : INodeAgentPart
    {
        public void Follow(ClusterPlan? plan)
        {
        }

        public async Task RunAsync(CancellationToken cancellationToken) => await run();
    }
}
