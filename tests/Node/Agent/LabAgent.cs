using System.Collections.Concurrent;
using BgpLoadBalancer.Bgp.Transport;
using BgpLoadBalancer.Cluster;
using BgpLoadBalancer.Cluster.Control;
using BgpLoadBalancer.Node.Agent;
using BgpLoadBalancer.Node.FloatingIPs;
using Microsoft.Extensions.Time.Testing;

namespace BgpLoadBalancer.Node.Tests.Agent;

/// <summary>A node's agent on a host of its own, with everything that can fail about it.</summary>
internal sealed class LabAgent : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly CuttableTransport _transport;
    private readonly FakeTimeProvider _time;
    private bool _killed;

    /// <param name="kernelTime">Goes on when the agent's own has stopped.</param>
    public LabAgent(int node, IClusterStore store, MemoryTransport network, LoopbackSegment segment, FakeTimeProvider kernelTime, int seed)
    {
        Store = new(store);
        _transport = new(network);
        _time = new(kernelTime.GetUtcNow());
        LoopbackNodeNetwork host = new(AgentCluster.NodeName(node), AgentCluster.Node(node).InterfaceAddresses, kernelTime, segment);
        Agent = new(Store, AgentCluster.Namespace, new() { NodeName = AgentCluster.NodeName(node) }, new(host, host, _transport), _time, new Random(seed), Events.Enqueue);
        Running = Agent.RunAsync(_stop.Token);
    }

    public NodeAgent Agent { get; }

    public OutageStore Store { get; }

    public Task Running { get; }

    public ConcurrentQueue<ControlEvent> Events { get; } = [];

    public string Name => Agent.Status.Node;

    /// <summary>What <c>kill -9</c> and a pulled cable do together: its time stops, and nothing of it reaches anybody.</summary>
    public void Kill()
    {
        _killed = true;
        Store.Away = true;
        _transport.Cut();
    }

    public void Stop() => _stop.Cancel();

    public void Advance(TimeSpan step)
    {
        if (!_killed) _time.Advance(step);
    }

    /// <summary>For the end of a test: a killed agent has to come to its end too.</summary>
    public void Revive() => _killed = false;

    public async ValueTask DisposeAsync()
    {
        await Agent.DisposeAsync();
        _stop.Dispose();
    }
}
