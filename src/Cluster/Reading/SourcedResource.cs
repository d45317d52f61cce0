using System.Collections.Immutable;
using BgpLoadBalancer.Cluster.Documents;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;
using BgpLoadBalancer.Cluster.Validation;
using BgpLoadBalancer.Cluster.Writing;

namespace BgpLoadBalancer.Cluster.Reading;

/// <summary>A resource and where it was written, so that a rule about the resource can say where to mend it.</summary>
public sealed class SourcedResource
{
    private readonly IReadOnlyDictionary<string, ImmutableArray<int>> _kept;

    internal SourcedResource(Resource resource, ManifestDocument document, string basePath, string kind, IReadOnlyDictionary<string, ImmutableArray<int>> kept)
    {
        Resource = resource;
        Document = document;
        BasePath = basePath;
        Kind = kind;
        _kept = kept;
    }

    /// <summary>A resource that was never written to a file, such as one that is about to be created.</summary>
    /// <exception cref="ArgumentException">The kind is not one that a store holds.</exception>
    public static SourcedResource Of(Resource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        string kind = StoredKind.Of(resource.GetType()).Name;
        return ResourceTree.Writes(resource) ? new(resource, new("", 0, ResourceTree.Of(resource)), "", kind, new Dictionary<string, ImmutableArray<int>>()) : OfUnwritten(resource, kind);
    }

    /// <summary>One of a kind that people do not edit here, which never was in a file.</summary>
    internal static SourcedResource OfUnwritten(Resource resource, string kind) =>
        new(resource, new("", 0, ResourceTree.Changeable(resource)), "", kind, new Dictionary<string, ImmutableArray<int>>());

    /// <summary>Another state of the resource, from the same place.</summary>
    internal SourcedResource With(Resource resource) => new(resource, Document, BasePath, Kind, _kept);

    public Resource Resource { get; }

    public ManifestDocument Document { get; }

    /// <summary>Where in the document it stands: empty, or <c>items[3]</c> of a list.</summary>
    public string BasePath { get; }

    public string Kind { get; }

    /// <summary>What stands there.</summary>
    internal DocumentNode Node => DocumentPath.Find(Document.Root, BasePath, out _);

    /// <summary>Such as <c>BGPPeer cluster-bm/peer1</c>.</summary>
    public string Title => TitleOf(Kind, Resource.Metadata.Namespace, Resource.Metadata.Name);

    /// <summary>The path of an item of a list of the record, which lacks those items of the document that could not be read.</summary>
    /// <param name="list">Relative to the resource, such as <c>spec.loadBalancer.bgpPeers</c>.</param>
    public string Item(string list, int index) =>
        DocumentPath.Item(list, _kept.TryGetValue(list, out ImmutableArray<int> kept) && index < kept.Length ? kept[index] : index);

    /// <param name="path">Relative to the resource.</param>
    public Finding Finding(FindingSeverity severity, string rule, string path, string message, string advice)
    {
        string full = path.Length == 0 ? BasePath : BasePath.Length == 0 ? path : $"{BasePath}.{path}";
        DocumentNode node = DocumentPath.Find(Document.Root, full, out bool exact);
        string? value = exact && node is DocumentScalar { IsNull: false } scalar ? Validation.Finding.Shorten(scalar.Text) : null;
        return new(severity, rule, Document.File, Document.Number, node.Position.Line, Title, full, value, message, advice);
    }

    /// <summary>The node at a path relative to the resource; null when there is none.</summary>
    public DocumentNode? Find(string path)
    {
        string full = BasePath.Length == 0 ? path : $"{BasePath}.{path}";
        DocumentNode node = DocumentPath.Find(Document.Root, full, out bool exact);
        return exact ? node : null;
    }

    /// <summary>How many items a list of the document has, also those that could not be read.</summary>
    public int Count(string path) => Find(path) is DocumentSequence list ? list.Items.Length : 0;

    internal static string TitleOf(string kind, string space, string name) => space.Length == 0 ? $"{kind} {name}" : $"{kind} {space}/{name}";
}

/// <summary>What a set of documents says, and what was not as it should be.</summary>
public sealed record ReadResult(ImmutableArray<SourcedResource> Resources, ImmutableArray<Finding> Findings);
