using BgpLoadBalancer.Cluster.Documents;

namespace BgpLoadBalancer.PowerShell.Loading;

/// <summary>The reader and writer of manifests, which comes from a plug-in: its YAML library is not ours to show.</summary>
internal static class ManifestFormat
{
    private const string Plugin = "BgpLoadBalancer.Kubernetes";
    private const string Format = "BgpLoadBalancer.Kubernetes.Manifests.YamlManifestFormat";

    private static readonly Lazy<IManifestFormat> s_format = new(() =>
        (IManifestFormat)Activator.CreateInstance(Plugins.OfModule.Load(Plugin).GetType(Format, throwOnError: true)!)!);

    public static IManifestFormat Instance => s_format.Value;
}
