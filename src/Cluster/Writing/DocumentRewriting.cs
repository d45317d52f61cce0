using System.Collections.Immutable;
using BgpLoadBalancer.Cluster.Documents;

namespace BgpLoadBalancer.Cluster.Writing;

/// <summary>Puts resources in the places of others in a document, which is one of them or a list of many.</summary>
internal static class DocumentRewriting
{
    /// <param name="path">Where <paramref name="node"/> stands in its document; empty for the root.</param>
    /// <param name="replacements">By path: what is to stand there; null takes it out.</param>
    /// <returns>The same node when nothing within is replaced; null when it is taken out itself.</returns>
    public static DocumentNode? Rewrite(DocumentNode node, string path, IReadOnlyDictionary<string, DocumentNode?> replacements)
    {
        if (replacements.TryGetValue(path, out DocumentNode? replacement)) return replacement;
        if (node is not DocumentMapping mapping || mapping["items"] is not DocumentSequence list) return node;
        string listPath = path.Length == 0 ? "items" : $"{path}.items";
        ImmutableArray<DocumentNode> items = [.. list.Items.Select((item, index) => Rewrite(item, DocumentPath.Item(listPath, index), replacements)).OfType<DocumentNode>()];
        if (items.SequenceEqual(list.Items)) return node;
        DocumentSequence rewritten = new(items, list.Position);
        return new DocumentMapping([.. mapping.Entries.Select(entry => entry.Key.Text == "items" ? entry with { Value = rewritten } : entry)], mapping.Position);
    }
}
