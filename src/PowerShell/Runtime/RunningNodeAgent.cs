using BgpLoadBalancer.Bgp.Transport;
using BgpLoadBalancer.Cluster.Control;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Node;
using BgpLoadBalancer.Node.Agent;
using BgpLoadBalancer.Node.Arp;
using BgpLoadBalancer.Node.ControlPlane;
using BgpLoadBalancer.Node.FloatingIPs;

namespace BgpLoadBalancer.PowerShell.Runtime;

/// <summary>The agent of a node in this process.</summary>
internal sealed class RunningNodeAgent : RunningWork, IAsyncDisposable
{
    private readonly SilentTransport _transport = new(new TcpTransport());
    private readonly NodeAgent _agent;

    /// <param name="controlPlane">Null: it has no bgpadvertiser to care for.</param>
    /// <param name="onLoopback">The node lives on 127.0.0.0/8 with the addresses of its Node; else it is this host.</param>
    /// <exception cref="ArgumentException">The settings are not possible.</exception>
    public RunningNodeAgent(NodeResource node, ConnectedCluster cluster, NodeAgentSettings settings, ControlPlaneSettings? controlPlane, bool onLoopback)
        : this(node, cluster, settings, controlPlane, onLoopback, new(TimeProvider.System))
    {
    }

    private RunningNodeAgent(NodeResource node, ConnectedCluster cluster, NodeAgentSettings settings, ControlPlaneSettings? controlPlane, bool onLoopback, WorkLog log)
        : base(node.Metadata.Name, cluster, log)
    {
        IsOnLoopback = onLoopback;
        NodeAgentHost host = onLoopback ? Loopback(node, _transport) : ThisHost(_transport, log);
        if (controlPlane is not null) host = host with { Parts = [new ControlPlanePart(cluster.Store, settings, controlPlane, TimeProvider.System, log.Add)] };
        _agent = new(cluster.Store, cluster.Namespace, settings, host, TimeProvider.System, NewRandom(), log.Add);
    }

    public bool IsOnLoopback { get; }

    public NodeAgentStatus Status => _agent.Status;

    /// <summary>Done at the end of its work; for one that was never started.</summary>
    public ValueTask DisposeAsync() => _agent.DisposeAsync();

    /// <summary>Ends it for a successor on this node: nothing is withdrawn, leases are left (R24).</summary>
    public Task RestartAsync()
    {
        _agent.RequestPlannedRestart();
        return Ended;
    }

    /// <summary>Ends it as if it had been killed: connections end without a word, leases and addresses are left to run out.</summary>
    public Task KillAsync()
    {
        _transport.Silence();
        return RestartAsync();
    }

    private protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _agent.RunAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await DisposeAsync().ConfigureAwait(false);
        }
    }

    private static NodeAgentHost Loopback(NodeResource node, SilentTransport transport)
    {
        LoopbackNodeNetwork network = new(node.Metadata.Name, node.InterfaceAddresses, TimeProvider.System);
        return new(network, network, transport);
    }

    private static NodeAgentHost ThisHost(SilentTransport transport, WorkLog log)
    {
        void Report(AddressBindingEvent happened) => log.Add(new(
            happened.Error is null ? ControlEventLevel.Information : ControlEventLevel.Warning,
            happened.Advice is null ? happened.Message : $"{happened.Message}; {happened.Advice}",
            $"Address {happened.Address} on {happened.Interface}",
            happened.Error));
        return new(new LinuxFloatingIPHost(null, ArpTimings.Failover, NewRandom(), TimeProvider.System, Report), new LinuxNodeNetwork(null, TimeProvider.System), transport);
    }

    private static Random NewRandom() => new(Random.Shared.Next());
}
