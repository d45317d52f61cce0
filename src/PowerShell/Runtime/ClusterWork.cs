using System.Collections.Immutable;

namespace BgpLoadBalancer.PowerShell.Runtime;

/// <summary>The controllers and node agents of this process. When the process ends, or the module goes for good, each ends in order.</summary>
internal static class ClusterWork
{
    private static readonly TimeSpan s_exitLimit = TimeSpan.FromSeconds(5);

    static ClusterWork() => AppDomain.CurrentDomain.ProcessExit += static (_, _) => StopAllAsync().Wait(s_exitLimit);

    public static WorkTable<RunningController> Controllers { get; } = new();

    public static WorkTable<RunningNodeAgent> NodeAgents { get; } = new();

    /// <summary>What works for a cluster, for people; nothing that has ended by a fault.</summary>
    public static IEnumerable<string> WorkingFor(ConnectedCluster cluster) =>
    [
        .. Controllers.Of(cluster).Where(work => !work.HasEnded).Select(work => $"controller '{work.Name}'"),
        .. NodeAgents.Of(cluster).Where(work => !work.HasEnded).Select(work => $"agent of node '{work.Name}'"),
    ];

    /// <summary>Nodes whose agents are dead (R23), as far as a controller of this process that leads has seen it.</summary>
    public static ImmutableHashSet<string> NodesWithoutLease(ConnectedCluster cluster) =>
        Controllers.Of(cluster).Where(work => !work.HasEnded).Aggregate(ImmutableHashSet<string>.Empty, (nodes, work) => nodes.Union(work.Status.NodesWithoutLease));

    /// <summary>Forgets what has ended by a fault.</summary>
    public static void Forget(ConnectedCluster cluster)
    {
        foreach (RunningController ended in Controllers.Of(cluster).Where(work => work.HasEnded)) _ = Controllers.TryRemove(ended);
        foreach (RunningNodeAgent ended in NodeAgents.Of(cluster).Where(work => work.HasEnded)) _ = NodeAgents.TryRemove(ended);
    }

    /// <summary>Ends each in order, and forgets it.</summary>
    public static Task StopAllAsync() => Task.WhenAll(
    [
        .. NodeAgents.All.Where(NodeAgents.TryRemove).Select(work => work.StopAsync()),
        .. Controllers.All.Where(Controllers.TryRemove).Select(work => work.StopAsync()),
    ]);
}
