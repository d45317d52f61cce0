using System.Collections.Immutable;
using BgpLoadBalancer.Cluster.Documents;

namespace BgpLoadBalancer.Kubernetes.Tests.Manifests;

/// <summary>Changes of trees, for tests.</summary>
internal static class Trees
{
    public static IEnumerable<ImmutableArray<object>> Paths(DocumentNode node, ImmutableArray<object> path) => node switch
    {
        DocumentMapping mapping => mapping.Entries.SelectMany(entry => Paths(entry.Value, path.Add(entry.Key.Text))).Prepend(path),
        DocumentSequence list => list.Items.SelectMany((item, index) => Paths(item, path.Add(index))).Prepend(path),
        _ => [path],
    };

    public static DocumentNode At(DocumentNode node, ReadOnlySpan<object> path) => path.IsEmpty ? node : At(path[0] is string key ? ((DocumentMapping)node)[key]! : ((DocumentSequence)node).Items[(int)path[0]], path[1..]);

    /// <summary>The tree with one node replaced; by nothing when the change gives null.</summary>
    public static DocumentNode? Change(DocumentNode node, ReadOnlySpan<object> path, Func<DocumentNode, DocumentNode?> change)
    {
        if (path.IsEmpty) return change(node);
        if (node is DocumentMapping mapping)
        {
            ImmutableArray<DocumentEntry>.Builder entries = ImmutableArray.CreateBuilder<DocumentEntry>();
            foreach (DocumentEntry entry in mapping.Entries)
            {
                if (entry.Key.Text != (string)path[0]) entries.Add(entry);
                else if (Change(entry.Value, path[1..], change) is { } value) entries.Add(new(entry.Key, value));
            }

            return new DocumentMapping(entries.ToImmutable());
        }

        ImmutableArray<DocumentNode>.Builder items = ImmutableArray.CreateBuilder<DocumentNode>();
        ImmutableArray<DocumentNode> old = ((DocumentSequence)node).Items;
        for (int i = 0; i < old.Length; i++)
        {
            if (i != (int)path[0]) items.Add(old[i]);
            else if (Change(old[i], path[1..], change) is { } item) items.Add(item);
        }

        return new DocumentSequence(items.ToImmutable());
    }

    public static DocumentScalar Text(string text) => new(text, isPlain: false);

    public static DocumentMapping Map(string key, DocumentNode value) => new([new(new DocumentScalar(key, isPlain: true), value)]);
}
