using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Stores;

/// <summary>What tells an object from the others of its kind. Sorted by namespace, then name, as the API server lists them.</summary>
internal readonly record struct ResourceKey(string Namespace, string Name) : IComparable<ResourceKey>
{
    public static ResourceKey Of(Resource resource) => new(resource.Metadata.Namespace, resource.Metadata.Name);

    public override string ToString() => Namespace.Length == 0 ? Name : $"{Namespace}/{Name}";

    public int CompareTo(ResourceKey other) =>
        string.CompareOrdinal(Namespace, other.Namespace) is var order and not 0 ? order : string.CompareOrdinal(Name, other.Name);
}
