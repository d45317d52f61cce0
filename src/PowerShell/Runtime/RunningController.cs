using BgpLoadBalancer.Cluster;
using BgpLoadBalancer.Cluster.Control;
using BgpLoadBalancer.Cluster.Control.Leading;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.PowerShell.Runtime;

/// <summary>A controller of this process. Of several for one cluster, in this process or elsewhere, one works (R38).</summary>
internal sealed class RunningController : RunningWork
{
    private readonly ClusterController _controller;

    /// <exception cref="ArgumentException">The leader's durations do not fit each other.</exception>
    public RunningController(string name, ConnectedCluster cluster, ControllerSettings settings, LeaderSettings leading)
        : this(name, cluster, settings, leading, new(TimeProvider.System))
    {
    }

    private RunningController(string name, ConnectedCluster cluster, ControllerSettings settings, LeaderSettings leading, WorkLog log)
        : base(name, cluster, log)
    {
        // Nobody else's, and not even that of an earlier one of this name: a lease is known by it.
        Identity = $"{Environment.MachineName.ToLowerInvariant()}-{Environment.ProcessId}-{name}-{Guid.NewGuid():n}";
        ILeaderGate gate = new LeaseLeaderGate(cluster.Store, LeaseNames.OfController(cluster.Namespace), Identity, leading, TimeProvider.System, NewRandom(), log.Add);
        _controller = new(new(cluster.Store, cluster.Store, cluster.Namespace), settings, gate, TimeProvider.System, NewRandom(), log.Add);
    }

    /// <summary>How it is called in the lease.</summary>
    public string Identity { get; }

    public ControllerStatus Status => _controller.Status;

    private protected override Task RunAsync(CancellationToken cancellationToken) => _controller.RunAsync(cancellationToken);

    private static Random NewRandom() => new(Random.Shared.Next());
}
