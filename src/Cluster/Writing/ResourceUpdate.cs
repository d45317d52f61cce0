using System.Collections.Immutable;
using BgpLoadBalancer.Cluster.Documents;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Writing;

/// <summary>Carries a change of a record over to the tree that the record was read from. What the record does not know stays.
/// Of a kind that people do not edit here, only metadata and the addresses of a Service are carried over.</summary>
public static class ResourceUpdate
{
    /// <param name="original">What <paramref name="before"/> was read from.</param>
    /// <returns>The same object when nothing changed.</returns>
    /// <exception cref="ArgumentException">The two are of different kinds.</exception>
    public static DocumentNode Apply(DocumentNode original, Resource before, Resource after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        if (before.GetType() != after.GetType()) throw new ArgumentException($"A {before.GetType().Name} cannot become a {after.GetType().Name}.", nameof(after));
        return Merge(original, ResourceTree.Changeable(before), ResourceTree.Changeable(after));
    }

    private static DocumentNode Merge(DocumentNode original, DocumentNode before, DocumentNode after)
    {
        if (DocumentContent.Same(before, after)) return original;
        return (original, before, after) switch
        {
            (DocumentMapping o, DocumentMapping b, DocumentMapping a) => MergeMapping(o, b, a),
            // Item by item where each is still the one that it was read from.
            (DocumentSequence o, DocumentSequence b, DocumentSequence a) when o.Items.Length == b.Items.Length => MergeList(o, b, a),
            _ => after,
        };
    }

    private static DocumentMapping MergeMapping(DocumentMapping original, DocumentMapping before, DocumentMapping after)
    {
        ImmutableArray<DocumentEntry>.Builder entries = ImmutableArray.CreateBuilder<DocumentEntry>();
        foreach (DocumentEntry entry in original.Entries)
        {
            string key = entry.Key.Text;
            if (after[key] is { } now) entries.Add(new(entry.Key, before[key] is { } was ? Merge(entry.Value, was, now) : now));
            // Gone from the record: a field that it knew goes, another one stays.
            else if (before[key] is null) entries.Add(entry);
        }

        entries.AddRange(after.Entries.Where(entry => original[entry.Key.Text] is null && !(before[entry.Key.Text] is { } was && DocumentContent.Same(was, entry.Value))));
        return new(entries.DrainToImmutable(), original.Position);
    }

    private static DocumentSequence MergeList(DocumentSequence original, DocumentSequence before, DocumentSequence after)
    {
        Dictionary<int, int> source = SequenceAlignment.Pair(before.Items, after.Items).ToDictionary(pair => pair.To, pair => pair.From);
        ImmutableArray<DocumentNode> items =
            [.. after.Items.Select((item, index) => source.TryGetValue(index, out int was) ? Merge(original.Items[was], before.Items[was], item) : item)];
        return new(items, original.Position);
    }
}
