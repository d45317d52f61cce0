using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace BgpLoadBalancer.PowerShell.Runtime;

/// <summary>
/// The connected clusters of the process by name, so that parallel runspaces see the same ones; and the last connection of each runspace,
/// which is where its commands act unless they name another.
/// </summary>
internal static class ClusterTable
{
    private static readonly ConcurrentDictionary<string, ConnectedCluster> s_clusters = new(StringComparer.OrdinalIgnoreCase);

    // A runspace that is gone takes its entry with it.
    private static readonly ConditionalWeakTable<Runspace, ConnectedCluster> s_last = [];

    public static IEnumerable<ConnectedCluster> All => s_clusters.Values.OrderBy(cluster => cluster.Name, StringComparer.OrdinalIgnoreCase);

    public static IEnumerable<string> Names => All.Select(cluster => cluster.Name);

    /// <summary>The last connection of the runspace whose pipeline this is; null when there is none, or when it is connected no more.</summary>
    public static ConnectedCluster? Default =>
        Runspace.DefaultRunspace is { } runspace && s_last.TryGetValue(runspace, out ConnectedCluster? last) && TryGet(last.Name, out ConnectedCluster? now) ? now : null;

    public static bool TryGet(string name, [NotNullWhen(true)] out ConnectedCluster? cluster) => s_clusters.TryGetValue(name, out cluster);

    /// <summary>Adds it, and makes it this runspace's default.</summary>
    /// <returns>False when there is one of that name.</returns>
    public static bool TryAdd(ConnectedCluster cluster)
    {
        if (!s_clusters.TryAdd(cluster.Name, cluster)) return false;
        MakeDefault(cluster);
        return true;
    }

    /// <summary>Puts it in the place of one of that name, if there is one, and makes it this runspace's default.</summary>
    public static void Replace(ConnectedCluster cluster)
    {
        s_clusters[cluster.Name] = cluster;
        MakeDefault(cluster);
    }

    /// <summary>Forgets it. A runspace whose default it was has none then.</summary>
    public static bool TryRemove(ConnectedCluster cluster)
    {
        if (!s_clusters.TryRemove(new(cluster.Name, cluster))) return false;
        foreach ((Runspace runspace, ConnectedCluster last) in s_last)
        {
            if (string.Equals(last.Name, cluster.Name, StringComparison.OrdinalIgnoreCase)) s_last.Remove(runspace);
        }

        return true;
    }

    private static void MakeDefault(ConnectedCluster cluster)
    {
        if (Runspace.DefaultRunspace is { } runspace) s_last.AddOrUpdate(runspace, cluster);
    }
}
