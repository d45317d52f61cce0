using System.Collections.Immutable;
using BgpLoadBalancer.Cluster.Documents;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Validation;

namespace BgpLoadBalancer.Cluster.Reading;

/// <summary>Makes resources of documents. Documents of other kinds are somebody else's and are passed over; bad content is a finding, never an exception.</summary>
public static class ResourceReader
{
    public static ReadResult Read(IEnumerable<ManifestDocument> documents)
    {
        ArgumentNullException.ThrowIfNull(documents);
        ImmutableArray<SourcedResource>.Builder resources = ImmutableArray.CreateBuilder<SourcedResource>();
        List<Finding> findings = [];
        foreach (ManifestDocument document in documents) Read(document, document.Root, "", null, resources, findings);
        return new(resources.DrainToImmutable(), [.. findings]);
    }

    private static void Read(ManifestDocument document, DocumentNode node, string path, ResourceKind? listed, ImmutableArray<SourcedResource>.Builder resources, List<Finding> findings)
    {
        // An empty document is what a stray '---' leaves behind.
        if (node is DocumentScalar { IsNull: true }) return;
        if (node is not DocumentMapping mapping)
        {
            new ReadingContext(document, path, "R33", "", findings).Add(FindingSeverity.Error, node, "", $"A document is a mapping (key: value), and this is {node.Kind}.", "Write 'apiVersion', 'kind', 'metadata' and 'spec'.");
            return;
        }

        if (IsList(mapping, out DocumentSequence? items, out ResourceKind? kindOfItems))
        {
            for (int i = 0; i < items.Items.Length; i++)
            {
                string item = DocumentPath.Item(path.Length == 0 ? "items" : $"{path}.items", i);
                Read(document, items.Items[i], item, kindOfItems, resources, findings);
            }

            return;
        }

        ReadingContext unknown = new(document, path, "R33", "", findings);
        if (KindRecognition.Recognise(mapping, listed, unknown) is not { } kind) return;
        ReadingContext context = new(document, path, kind.Rule, MetadataReader.Title(mapping, kind.Name), findings, isSecret: kind.Name == SecretReader.Kind);
        FieldReader root = new(mapping, "", context);
        ResourceMetadata metadata = MetadataReader.Read(root, kind, context);
        if (kind.Read(root, metadata, context) is { } resource) resources.Add(new(resource, document, path, kind.Name, context.Kept));
    }

    // kubectl writes "List" of v1, the API server "NodeList" and so on, whose items may be without apiVersion and kind.
    private static bool IsList(DocumentMapping mapping, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out DocumentSequence? items, out ResourceKind? kind)
    {
        kind = null;
        items = mapping["items"] as DocumentSequence;
        if (items is null || mapping["kind"] is not DocumentScalar name || mapping["apiVersion"] is not DocumentScalar version) return false;
        if (name.Text == "List") return true;
        kind = ResourceKind.All.FirstOrDefault(known => name.Text == known.Name + "List" && known.Versions.Contains(version.Text));
        return kind is not null;
    }
}
