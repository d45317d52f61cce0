using System.Collections.Immutable;
using BgpLoadBalancer.Cluster.Documents;
using BgpLoadBalancer.Cluster.Reading;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Writing;

namespace BgpLoadBalancer.Cluster.Stores;

/// <summary>A file as it is to be.</summary>
/// <param name="IsChanged">The text differs from what was read.</param>
public sealed record WrittenManifest(string Path, string Text, bool IsChanged);

/// <summary>The files that a store was loaded from, and which object came from where.</summary>
/// <param name="loaded">By UID, which an object keeps for its life and no other one gets.</param>
internal sealed class ManifestSources(ImmutableArray<ManifestFile> files, ImmutableArray<(string Uid, SourcedResource Source)> loaded)
{
    /// <summary>The objects of kinds that have rules, each with its place: where it was read, with what has changed since; those that are new have none.</summary>
    public ImmutableArray<SourcedResource> Of(IReadOnlyDictionary<string, Resource> now)
    {
        HashSet<string> known = [.. loaded.Select(entry => entry.Uid)];
        return
        [
            .. loaded.GroupBy(entry => entry.Source.Document).SelectMany(group => Now(group.Key, [.. group], now)),
            .. now.Where(entry => !known.Contains(entry.Key)).Select(entry => Unwritten(entry.Value)).OfType<SourcedResource>().OrderBy(source => source.Title, StringComparer.Ordinal),
        ];
    }

    /// <param name="brought">By UID: documents of other files that objects were made of.</param>
    /// <param name="newFile">The name of the file for what is new, when nothing was loaded.</param>
    public ImmutableArray<WrittenManifest> Write(IReadOnlyDictionary<string, Resource> now, IReadOnlyDictionary<string, SourcedResource> brought, IManifestFormat format, string newFile)
    {
        ILookup<ManifestDocument, (string Uid, SourcedResource Source)> byDocument = loaded.ToLookup(entry => entry.Source.Document);
        HashSet<string> known = [.. loaded.Select(entry => entry.Uid)];
        ImmutableArray<ManifestFile> all = files.IsEmpty ? [new ManifestFile(newFile, "", [])] : files;
        ILookup<ManifestFile, ManifestDocument> added = now
            .Where(entry => !known.Contains(entry.Key) && (ResourceTree.Writes(entry.Value) || brought.ContainsKey(entry.Key)))
            .OrderBy(entry => StoredKind.Of(entry.Value.GetType()).Name, StringComparer.Ordinal).ThenBy(entry => ResourceKey.Of(entry.Value))
            .ToLookup(entry => Home(entry.Value, all), entry => new ManifestDocument("", 0, brought.TryGetValue(entry.Key, out SourcedResource? source) ? BroughtDocument.Of(source, Now(source, entry.Value)) : ResourceTree.Of(WithIdentityOf(entry.Value, null))));
        return [.. all.Select(file => Write(file, [.. added[file]]))];

        WrittenManifest Write(ManifestFile file, ImmutableArray<ManifestDocument> news)
        {
            ImmutableArray<ManifestDocument> documents = [.. file.Documents.Select(document => Rewritten(document, byDocument[document], now, brought)).OfType<ManifestDocument>(), .. news];
            bool same = documents.SequenceEqual(file.Documents);
            return new(file.Path, same ? file.Text : format.Write(file, documents), !same);
        }
    }

    private static IEnumerable<SourcedResource> Now(ManifestDocument document, (string Uid, SourcedResource Source)[] entries, IReadOnlyDictionary<string, Resource> now)
    {
        // Nothing is taken out of lists here, so that places stay what they are.
        (SourcedResource Source, Resource Resource)[] alive = [.. entries.Where(entry => now.ContainsKey(entry.Uid)).Select(entry => (entry.Source, now[entry.Uid]))];
        Dictionary<string, DocumentNode?> changed = alive.Select(pair => (pair.Source.BasePath, Node: Changed(pair.Source, pair.Resource))).Where(pair => pair.Node is not null).ToDictionary();
        if (changed.Count == 0) return alive.Select(pair => pair.Source.With(pair.Resource));
        ManifestDocument rewritten = document with { Root = DocumentRewriting.Rewrite(document.Root, "", changed)! };
        Dictionary<string, SourcedResource> read = ResourceReader.Read([rewritten]).Resources.ToDictionary(source => source.BasePath);
        return alive.Select(pair => (read.GetValueOrDefault(pair.Source.BasePath) ?? pair.Source).With(pair.Resource));
    }

    private static ManifestDocument? Rewritten(ManifestDocument document, IEnumerable<(string Uid, SourcedResource Source)> entries, IReadOnlyDictionary<string, Resource> now, IReadOnlyDictionary<string, SourcedResource> brought)
    {
        Dictionary<string, DocumentNode?> replacements = [];
        foreach ((string uid, SourcedResource source) in entries)
        {
            if (!now.TryGetValue(uid, out Resource? resource)) replacements.Add(source.BasePath, null);
            else if ((brought.TryGetValue(uid, out SourcedResource? other) ? Replaced(source, other, resource) : Changed(source, resource)) is { } node) replacements.Add(source.BasePath, node);
        }

        DocumentNode? root = DocumentRewriting.Rewrite(document.Root, "", replacements);
        return root is null ? null : ReferenceEquals(root, document.Root) ? document : document with { Root = root };
    }

    /// <returns>Null when the document says it already.</returns>
    private static DocumentNode? Changed(SourcedResource source, Resource now)
    {
        DocumentNode node = Now(source, now);
        return ReferenceEquals(node, source.Node) ? null : node;
    }

    /// <summary>What stands in the file for an object of another file's document that took the place of the file's own.</summary>
    private static DocumentNode? Replaced(SourcedResource source, SourcedResource brought, Resource now)
    {
        DocumentNode node = BroughtDocument.Of(brought, Now(brought, now));
        return DocumentContent.Same(node, source.Node) ? null : node;
    }

    private static DocumentNode Now(SourcedResource source, Resource now) => ResourceUpdate.Apply(source.Node, source.Resource, WithIdentityOf(now, source.Resource.Metadata));

    // UIDs and versions are this store's own, and no file's.
    private static Resource WithIdentityOf(Resource resource, ResourceMetadata? original) =>
        resource with { Metadata = resource.Metadata with { Uid = original?.Uid, ResourceVersion = original?.ResourceVersion } };

    private static SourcedResource? Unwritten(Resource resource) => resource switch
    {
        _ when ResourceTree.Writes(resource) => SourcedResource.Of(resource),
        NodeResource or ServiceResource => SourcedResource.OfUnwritten(resource, StoredKind.Of(resource.GetType()).Name),
        _ => null,
    };

    /// <summary>With the others of its kind, or else with the cluster.</summary>
    private ManifestFile Home(Resource resource, ImmutableArray<ManifestFile> all)
    {
        SourcedResource? neighbour = loaded.LastOrDefault(entry => entry.Source.Resource.GetType() == resource.GetType()).Source
            ?? loaded.FirstOrDefault(entry => entry.Source.Resource is ClusterResource).Source;
        return all.FirstOrDefault(file => neighbour is not null && file.Documents.Contains(neighbour.Document)) ?? all[0];
    }
}
