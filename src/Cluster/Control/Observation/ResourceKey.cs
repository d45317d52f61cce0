using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Control.Observation;

/// <summary>Which object of a kind.</summary>
public readonly record struct ResourceKey(string Namespace, string Name)
{
    public static ResourceKey Of(Resource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return new(resource.Metadata.Namespace, resource.Metadata.Name);
    }

    public override string ToString() => Namespace.Length == 0 ? Name : $"{Namespace}/{Name}";
}
