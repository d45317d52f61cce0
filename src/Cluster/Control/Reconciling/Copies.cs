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

    public void Of<T>(IEnumerable<T> sources, IEnumerable<T> existing, PassWrites writes)
        where T : Resource
    {
        Dictionary<ResourceKey, T> there = existing.ToDictionary(ResourceKey.Of);
        T[] originals = [.. sources];
        writes.AddEach(originals, original => there.TryGetValue(ResourceKey.Of(original), out T? copy) ? Change(original, copy) : Writes.Create(CopyOf(original, null)), Subject);
        foreach (T original in originals) _ = there.Remove(ResourceKey.Of(original));
        writes.AddEach(there.Values.Where(copy => copy.Metadata.Annotations.GetValueOrDefault(SourceAnnotation) == source), orphan => Writes.Delete(orphan), Subject);
    }

    private static string Subject<T>(T resource)
        where T : Resource => $"{StoredKind.Of(typeof(T)).Name} {ResourceKey.Of(resource)}";

    private T CopyOf<T>(T original, T? copy)
        where T : Resource
    {
        ImmutableSortedDictionary<string, string> annotations = original.Metadata.Annotations
            .RemoveRange(original.Metadata.Annotations.Keys.Where(IsBookkeeping))
            .SetItem(SourceAnnotation, source);
        ResourceMetadata metadata = original.Metadata with { Uid = copy?.Metadata.Uid, ResourceVersion = copy?.Metadata.ResourceVersion, Annotations = annotations };
        return original with { Metadata = metadata };
    }

    // The status only once the rest is as it should be: both writes at one time would be in each other's way.
    private StoreWrite? Change<T>(T original, T copy)
        where T : Resource
    {
        T wanted = (T)ResourceStatus.Take(CopyOf(original, copy), copy);
        if (!ResourceContent.Same(wanted, copy)) return Writes.Update(wanted);
        if (!ResourceStatus.IsPartOf(original)) return null;
        T shown = (T)ResourceStatus.Take(copy, original);
        return ResourceContent.Same(shown, copy) ? null : Writes.UpdateStatus(shown);
    }

    // kubectl's own record of what was applied: it is the source's, and may hold more than we copy.
    private static bool IsBookkeeping(string annotation) => annotation.StartsWith("kubectl.kubernetes.io/", StringComparison.Ordinal);
}
