using BgpLoadBalancer.Cluster.Documents;
using BgpLoadBalancer.Cluster.Validation;

namespace BgpLoadBalancer.Cluster.Reading;

/// <summary>Tells our kinds from other people's, and from ours mistyped (R33).</summary>
internal static class KindRecognition
{
    /// <param name="listed">The kind of the list that it is an item of, whose items need not repeat it.</param>
    /// <returns>Null when the document is not to be read; a finding says so where it seems to be ours.</returns>
    public static ResourceKind? Recognise(DocumentMapping root, ResourceKind? listed, ReadingContext context)
    {
        if (listed is not null && root["kind"] is null) return listed;
        string? name = (root["kind"] as DocumentScalar)?.Text;
        string? version = (root["apiVersion"] as DocumentScalar)?.Text;
        if (string.IsNullOrEmpty(name)) return WithoutKind(root, version, context);
        ResourceKind? kind = ResourceKind.All.FirstOrDefault(known => known.Name == name);
        if (kind is null)
        {
            if (version is not null) WarnOfLikeness(root, name, version, context);
            return null;
        }

        if (string.IsNullOrEmpty(version))
        {
            context.Add(FindingSeverity.Error, root, "apiVersion", $"'apiVersion' of this {name} is missing.", $"Write apiVersion: {kind.Versions[0]}.");
            return kind;
        }

        if (kind.Versions.Contains(version)) return kind;
        // Another group's kind of the same name, such as Cluster API's Cluster, is somebody else's.
        if (!kind.Groups.Contains(ResourceKind.GroupOf(version)))
        {
            if (NearestName.Find(version, kind.Versions) is not { } near) return null;
            context.Add(FindingSeverity.Warning, root["apiVersion"]!, "apiVersion", $"This {name} is kept but not read; its apiVersion is close to '{near}'.", $"If you mean '{near}', write it so.");
            return null;
        }

        context.Add(FindingSeverity.Error, root["apiVersion"]!, "apiVersion", $"{name} is not known in the version '{version}'.", $"Write apiVersion: {kind.Versions[0]}.");
        return kind;
    }

    private static ResourceKind? WithoutKind(DocumentMapping root, string? version, ReadingContext context)
    {
        // The header of keys and settings that cluster configuration files start with has neither.
        if (version is null && root["metadata"] is null && root["spec"] is null) return null;
        if (version is not null && !ResourceKind.All.Any(known => known.Groups.Contains(ResourceKind.GroupOf(version)))) return null;
        context.Add(FindingSeverity.Error, root, "kind", "'kind' is missing, so it is not known what this document is.", $"Write 'kind' with one of: {string.Join(", ", ResourceKind.All.Select(kind => kind.Name))}.");
        return null;
    }

    private static void WarnOfLikeness(DocumentMapping root, string name, string version, ReadingContext context)
    {
        ResourceKind[] sameGroup = [.. ResourceKind.All.Where(known => known.Groups.Contains(ResourceKind.GroupOf(version)))];
        if (NearestName.Find(name, sameGroup.Select(known => known.Name)) is not { } near) return;
        context.Add(FindingSeverity.Warning, root["kind"]!, "kind", $"A document of the kind '{Finding.Shorten(name)}' is kept but not read; it is close to '{near}'.", $"If you mean '{near}', write it so.");
    }
}
