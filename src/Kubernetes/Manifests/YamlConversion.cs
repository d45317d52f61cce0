using System.Collections.Immutable;
using BgpLoadBalancer.Cluster.Documents;
using BgpLoadBalancer.Yaml;

namespace BgpLoadBalancer.Kubernetes.Manifests;

/// <summary>Turns the YAML tree into the neutral one.</summary>
internal static class YamlConversion
{
    public static ManifestDocument ToManifest(YamlDocument document) => new(document.File, document.Number, ToNode(document.Root));

    public static DocumentNode ToNode(YamlNode node)
    {
        DocumentPosition position = new(node.Position.Document, node.Position.Line, node.Position.Column);
        return node switch
        {
            YamlScalar scalar => ToScalar(scalar, position),
            YamlSequence list => new DocumentSequence([.. list.Items.Select(ToNode)], position),
            YamlMapping mapping => new DocumentMapping(ToEntries(mapping), position),
            _ => throw new ArgumentException($"A node is {node.Kind}, which is unknown here.", nameof(node)),
        };
    }

    private static ImmutableArray<DocumentEntry> ToEntries(YamlMapping mapping) =>
        [.. mapping.Entries.Select(entry => new DocumentEntry((DocumentScalar)ToNode(entry.Key), ToNode(entry.Value)))];

    private static DocumentScalar ToScalar(YamlScalar scalar, DocumentPosition position) =>
        scalar.IsNull ? new("", isPlain: true, position) : new(scalar.Text, scalar.IsPlain, position);
}
