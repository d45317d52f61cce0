using System.Collections.Immutable;
using System.Text;
using BgpLoadBalancer.Cluster.Control;
using BgpLoadBalancer.Cluster.Documents;
using BgpLoadBalancer.Cluster.Reading;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;
using BgpLoadBalancer.Cluster.Writing;
using BgpLoadBalancer.PowerShell.Loading;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.PowerShell.Commands.Clusters;

/// <summary>The configuration of a cluster as texts.</summary>
internal static class ExportedManifests
{
    /// <param name="name">Of the file, where the cluster was not connected from files.</param>
    /// <exception cref="ClusterStoreException">The cluster does not answer.</exception>
    /// <exception cref="InvalidOperationException">A document could not be written so that it reads back the same.</exception>
    public static async Task<ImmutableArray<WrittenManifest>> OfAsync(ConnectedCluster cluster, string name, CancellationToken cancellationToken)
    {
        if (cluster.Store is ManifestClusterStore manifests) return Plugins.OfModule.Call(() => manifests.Write(ManifestFormat.Instance, name));
        ImmutableArray<SourcedResource> all = await ConfigurationReader.ReadAsync(cluster.Store, cluster.Namespace, cancellationToken).ConfigureAwait(false);
        ManifestDocument[] documents = [.. all.Where(source => ConfigurationKinds.IsOfCluster(source.Resource)).Select(source => new ManifestDocument("", 0, ResourceTree.Of(WithoutIdentity(source.Resource))))];
        return [new(name, Plugins.OfModule.Call(() => ManifestFormat.Instance.Write(new(name, "", []), documents)), IsChanged: true)];
    }

    /// <summary>Only the documents that hold a chosen resource, and only files that have one; all when nothing is chosen.</summary>
    public static ImmutableArray<WrittenManifest> Choose(ImmutableArray<WrittenManifest> files, IReadOnlyCollection<IClusterObject> chosen, IManifestFormat format)
    {
        if (chosen.Count == 0) return files;
        ImmutableArray<WrittenManifest>.Builder left = ImmutableArray.CreateBuilder<WrittenManifest>();
        foreach (WrittenManifest written in files)
        {
            ManifestFile file = format.Parse(written.Text, written.Path);
            ManifestDocument[] kept = [.. file.Documents.Where(document => ResourceReader.Read([document]).Resources.Any(source => chosen.Any(one => one.IsOf(source))))];
            if (kept.Length > 0) left.Add(written with { Text = format.Write(file, kept), IsChanged = true });
        }

        return left.DrainToImmutable();
    }

    /// <summary>All files as one.</summary>
    /// <exception cref="BgpException">They cannot be put together.</exception>
    public static string Join(ImmutableArray<WrittenManifest> files, IManifestFormat format)
    {
        if (files is [var only]) return only.Text;
        StringBuilder text = new();
        foreach (WrittenManifest file in files.Where(file => !string.IsNullOrWhiteSpace(file.Text)))
        {
            if (text.Length > 0 && text[^1] != '\n') text.Append('\n');
            if (text.Length > 0 && !file.Text.StartsWith("---", StringComparison.Ordinal)) text.Append("---\n");
            text.Append(file.Text);
        }

        // A file may begin with directives, which nothing may stand before.
        string joined = text.ToString();
        int documents = files.Sum(file => format.Parse(file.Text, file.Path).Documents.Length);
        return format.Parse(joined, "").Documents.Length == documents ? joined : throw new BgpException("The files of this cluster cannot be written as one: export them to a folder.");
    }

    private static Resource WithoutIdentity(Resource resource) => resource with { Metadata = resource.Metadata with { Uid = null, ResourceVersion = null } };
}
