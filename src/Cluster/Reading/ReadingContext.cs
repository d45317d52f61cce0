using System.Collections.Immutable;
using BgpLoadBalancer.Cluster.Documents;
using BgpLoadBalancer.Cluster.Validation;

namespace BgpLoadBalancer.Cluster.Reading;

/// <summary>What the readers of one resource share: where its findings go, and which items of its lists were kept.</summary>
/// <param name="isSecret">No finding says what stands there.</param>
internal sealed class ReadingContext(ManifestDocument document, string basePath, string rule, string resource, List<Finding> findings, bool isSecret = false)
{
    public Dictionary<string, ImmutableArray<int>> Kept { get; } = [];

    /// <summary>The requirement that describes the kind.</summary>
    public string Rule { get; } = rule;

    /// <summary>The same resource under another requirement.</summary>
    public ReadingContext Under(string other) => new(document, basePath, other, resource, findings, isSecret);

    /// <param name="node">Gives the line.</param>
    /// <param name="path">Relative to the resource.</param>
    /// <param name="value">Gives the value when it is another node.</param>
    public void Add(FindingSeverity severity, DocumentNode node, string path, string message, string advice, string? rule = null, DocumentNode? value = null)
    {
        string full = path.Length == 0 ? basePath : basePath.Length == 0 ? path : $"{basePath}.{path}";
        string? text = !isSecret && (value ?? node) is DocumentScalar { IsNull: false } scalar ? Finding.Shorten(scalar.Text) : null;
        findings.Add(new(severity, rule ?? Rule, document.File, document.Number, node.Position.Line, resource, full, text, message, advice));
    }
}
