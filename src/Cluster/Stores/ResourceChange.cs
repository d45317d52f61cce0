using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Stores;

public enum ResourceChangeKind
{
    Added,
    Modified,
    Deleted,
}

/// <summary>A change that was watched.</summary>
/// <param name="Resource">As it is now; of a deleted one, as it last was, with the version of its deletion.</param>
public sealed record ResourceChange<T>(ResourceChangeKind Kind, T Resource)
    where T : Resource;
