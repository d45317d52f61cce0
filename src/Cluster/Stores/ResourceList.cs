using System.Collections.Immutable;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Stores;

/// <summary>All objects of a kind at one moment.</summary>
/// <param name="ResourceVersion">The version to watch from.</param>
public sealed record ResourceList<T>(ImmutableArray<T> Items, string ResourceVersion)
    where T : Resource;
