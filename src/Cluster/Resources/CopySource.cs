namespace BgpLoadBalancer.Cluster.Resources;

/// <summary>Where a resource of a user cluster was copied from; having one is how a user cluster is recognised (R36).</summary>
/// <param name="AdminClusterUid">The UID of the admin cluster.</param>
/// <param name="Namespace">The namespace there.</param>
public sealed record CopySource(string AdminClusterUid, string Namespace)
{
    /// <summary>Its value is <c>uid/namespace</c>.</summary>
    public const string Annotation = "networking.gke.io/bgp-source";

    /// <summary>Null for what is no copy.</summary>
    public static CopySource? Of(Resource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        if (!resource.Metadata.Annotations.TryGetValue(Annotation, out string? value)) return null;
        int slash = value.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? new(value, "") : new(value[..slash], value[(slash + 1)..]);
    }
}
