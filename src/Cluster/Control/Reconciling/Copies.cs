using System.Collections.Immutable;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;

namespace BgpLoadBalancer.Cluster.Control.Reconciling;

/// <summary>Brings the user's resources from the admin cluster to the user cluster: what was edited there is overwritten, a copy without its source deleted (R36).</summary>
/// <param name="source">The value of <see cref="SourceAnnotation"/> on every copy.</param>
internal sealed class Copies(string source)
{
    /// <summary>By which a copy, and so a user cluster, is recognised.</summary>
    public const string SourceAnnotation = CopySource.Annotation;

    public static string SourceOf(string adminClusterUid, string clusterNamespace) => $"{adminClusterUid}/{clusterNamespace}";

    public IEnumerable<StoreWrite> Of<T>(IEnumerable<T> sources, IEnumerable<T> existing)
        where T : Resource
    {
        Dictionary<ResourceKey, T> there = existing.ToDictionary(ResourceKey.Of);
        foreach (T original in sources)
        {
            if (there.Remove(ResourceKey.Of(original), out T? copy))
            {
                if (Update(original, copy) is { } write) yield return write;
                if (Status(original, copy) is { } status) yield return status;
            }
            else
            {
                yield return Writes.Create(CopyOf(original, null));
            }
        }

        foreach (T orphan in there.Values.Where(copy => copy.Metadata.Annotations.GetValueOrDefault(SourceAnnotation) == source)) yield return Writes.Delete(orphan);
    }

    private T CopyOf<T>(T original, T? copy)
        where T : Resource
    {
        ImmutableSortedDictionary<string, string> annotations = original.Metadata.Annotations
            .RemoveRange(original.Metadata.Annotations.Keys.Where(IsBookkeeping))
            .SetItem(SourceAnnotation, source);
        ResourceMetadata metadata = original.Metadata with { Uid = copy?.Metadata.Uid, ResourceVersion = copy?.Metadata.ResourceVersion, Annotations = annotations };
        return original with { Metadata = metadata };
    }

    private StoreWrite? Update<T>(T original, T copy)
        where T : Resource
    {
        T wanted = (T)ResourceStatus.Take(CopyOf(original, copy), copy);
        return ResourceContent.Same(wanted, copy) ? null : Writes.Update(wanted);
    }

    // Only once the rest is as it should be: both writes at one time would be in each other's way.
    private StoreWrite? Status<T>(T original, T copy)
        where T : Resource
    {
        if (!ResourceStatus.IsPartOf(original) || Update(original, copy) is not null) return null;
        T wanted = (T)ResourceStatus.Take(copy, original);
        return ResourceContent.Same(wanted, copy) ? null : Writes.UpdateStatus(wanted);
    }

    // kubectl's own record of what was applied: it is the source's, and may hold more than we copy.
    private static bool IsBookkeeping(string annotation) => annotation.StartsWith("kubectl.kubernetes.io/", StringComparison.Ordinal);
}
