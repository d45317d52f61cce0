using BgpLoadBalancer.Cluster.Documents;

namespace BgpLoadBalancer.Kubernetes.Manifests;

internal static class FileEditor
{
    public static string Edit(ManifestFile file, IReadOnlyList<ManifestDocument> documents) => throw new NotSupportedException();
}
