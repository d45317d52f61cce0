using BgpLoadBalancer.Cluster.Documents;
using BgpLoadBalancer.Cluster.Reading;

namespace BgpLoadBalancer.Cluster.Stores;

/// <summary>A resource of another file's document as a document of its own.</summary>
internal static class BroughtDocument
{
    /// <param name="node">What the resource is to say.</param>
    /// <returns>With the kind, which an item of a list need not repeat.</returns>
    public static DocumentNode Of(SourcedResource source, DocumentNode node)
    {
        if (node is not DocumentMapping mapping || mapping["kind"] is not null) return node;
        string version = ResourceKind.All.Single(kind => kind.Name == source.Kind).Versions[0];
        return new DocumentMapping([Entry("apiVersion", version), Entry("kind", source.Kind), .. mapping.Entries.Where(entry => entry.Key.Text != "apiVersion")], mapping.Position);
    }

    private static DocumentEntry Entry(string key, string text) => new(new DocumentScalar(key, isPlain: true), new DocumentScalar(text, isPlain: false));
}
