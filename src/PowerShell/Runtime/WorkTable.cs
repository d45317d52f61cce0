using System.Collections.Concurrent;

namespace BgpLoadBalancer.PowerShell.Runtime;

/// <summary>What runs in this process for clusters, by cluster and name, so that parallel runspaces see the same. It outlives runspaces, and a new import of the module.</summary>
internal sealed class WorkTable<T>
    where T : RunningWork
{
    private readonly ConcurrentDictionary<(string Cluster, string Name), T> _all = new(Keys.Instance);

    public IEnumerable<T> All => _all.Values.OrderBy(work => work.Cluster.Name, StringComparer.OrdinalIgnoreCase).ThenBy(work => work.Name, StringComparer.OrdinalIgnoreCase);

    public IEnumerable<T> Of(ConnectedCluster cluster) => All.Where(work => work.Cluster == cluster);

    /// <summary>Starts it, in the place of one of that name which has ended by a fault.</summary>
    /// <returns>False when there is one of that name that works.</returns>
    public bool TryStart(T work)
    {
        (string, string) key = (work.Cluster.Name, work.Name);
        while (!_all.TryAdd(key, work))
        {
            if (!_all.TryGetValue(key, out T? other)) continue;
            if (!other.HasEnded || !_all.TryUpdate(key, work, other)) return false;
            break;
        }

        work.Start();
        return true;
    }

    /// <summary>Forgets it; whoever got true stops it.</summary>
    public bool TryRemove(T work) => _all.TryRemove(new((work.Cluster.Name, work.Name), work));

    private sealed class Keys : IEqualityComparer<(string Cluster, string Name)>
    {
        public static Keys Instance { get; } = new();

        public bool Equals((string Cluster, string Name) one, (string Cluster, string Name) other) =>
            string.Equals(one.Cluster, other.Cluster, StringComparison.OrdinalIgnoreCase) && string.Equals(one.Name, other.Name, StringComparison.OrdinalIgnoreCase);

        public int GetHashCode((string Cluster, string Name) key) =>
            HashCode.Combine(StringComparer.OrdinalIgnoreCase.GetHashCode(key.Cluster), StringComparer.OrdinalIgnoreCase.GetHashCode(key.Name));
    }
}
