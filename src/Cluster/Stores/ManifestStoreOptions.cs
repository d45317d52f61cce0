namespace BgpLoadBalancer.Cluster.Stores;

/// <summary>How a <see cref="ManifestClusterStore"/> starts.</summary>
public sealed record ManifestStoreOptions
{
    /// <summary>Makes the UIDs, the cluster's too: the same seed and the same writes give the same ones. Stores that meet need seeds of their own.</summary>
    public required int Seed { get; init; }

    /// <summary>How many changes of each kind can be watched afterwards; at least one.</summary>
    public int HistoryLength { get; init; } = 4096;

    /// <summary>Null: one is made.</summary>
    public string? ClusterUid { get; init; }
}
