using BgpLoadBalancer.Cluster.Documents;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Validation;

namespace BgpLoadBalancer.Cluster.Reading;

/// <summary>Reads <c>metadata</c>, whose absence two of the documentation's own examples show (R33).</summary>
internal static class MetadataReader
{
    public static ResourceMetadata Read(FieldReader root, ResourceKind kind, ReadingContext context)
    {
        root.Ignore("apiVersion", "kind");
        if (!root.Has("metadata"))
        {
            bool misplaced = root.Has("name") || root.Has("namespace");
            string advice = misplaced ? "Write 'metadata:' above 'name' and 'namespace', and indent them below it." : "Add 'metadata:' with 'name' and 'namespace' below it.";
            root.Report("metadata", new("'metadata:' is missing.", advice, "R33"));
            return new() { Name = root.Text("name") ?? "", Namespace = root.Text("namespace") ?? kind.DefaultNamespace ?? "" };
        }

        FieldReader fields = new(root.Node("metadata")!, "metadata", context.Under("R33"));
        string name = ReadName(fields, "name", required: true);
        bool namespaced = kind.DefaultNamespace != "";
        string space = namespaced ? ReadName(fields, "namespace", required: kind.DefaultNamespace is null) : "";
        ResourceMetadata metadata = new()
        {
            Name = name,
            Namespace = space.Length == 0 ? kind.DefaultNamespace ?? "" : space,
            Uid = fields.Text("uid"),
            ResourceVersion = fields.Text("resourceVersion"),
            Labels = fields.Texts("labels"),
            Annotations = fields.Texts("annotations"),
        };
        fields.Ignore("managedFields", "creationTimestamp", "generation", "selfLink", "ownerReferences", "finalizers", "deletionTimestamp", "deletionGracePeriodSeconds", "generateName");
        fields.FinishShared();
        return metadata;
    }

    /// <summary>For messages, before anything is checked.</summary>
    public static string Title(DocumentMapping root, string kind)
    {
        DocumentMapping? metadata = root["metadata"] as DocumentMapping;
        string name = (metadata?["name"] ?? root["name"]) is DocumentScalar { IsNull: false } text ? text.Text : "";
        string space = (metadata?["namespace"] ?? root["namespace"]) is DocumentScalar { IsNull: false } place ? place.Text : "";
        return Finding.Shorten(SourcedResource.TitleOf(kind, space, name).TrimEnd());
    }

    private static string ReadName(FieldReader fields, string key, bool required)
    {
        if (fields.Text(key, required) is not { } name) return "";
        if (ResourceName.IsValid(name)) return name;
        string advice = name.Contains('_', StringComparison.Ordinal) && !name.Any(char.IsLower) ? "Put the real name in place of the placeholder." : "Write small letters, digits, '-' and '.', with a letter or digit at both ends.";
        fields.Report(key, new($"'{Finding.Shorten(name)}' is not a name that Kubernetes takes.", advice, "R33"));
        return name;
    }
}
