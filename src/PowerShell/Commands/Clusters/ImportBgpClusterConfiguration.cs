using System.Collections.Immutable;
using System.Management.Automation;
using BgpLoadBalancer.Cluster.Control;
using BgpLoadBalancer.Cluster.Documents;
using BgpLoadBalancer.Cluster.Reading;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.PowerShell.Commands.Clusters;

/// <summary>
/// Brings the resources of manifests into a cluster: those that are not there are created, those that differ are changed, others are left alone. All is
/// checked first, together and against what is there (R33, R34); with one error nothing is written.
/// </summary>
[Cmdlet(VerbsData.Import, "BgpClusterConfiguration", SupportsShouldProcess = true)]
[OutputType(typeof(BgpClusterResource))]
public sealed class ImportBgpClusterConfiguration : ClusterCmdlet
{
    private readonly Dictionary<ConnectedCluster, List<string>> _paths = [];

    /// <summary>Files or folders, wildcards allowed. All of them are one configuration.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "PSPath")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Also into a user cluster, whose resources are copies (R36).</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        if (!TryGetCluster(out ConnectedCluster? cluster)) return;
        if (!_paths.TryGetValue(cluster, out List<string>? paths)) _paths.Add(cluster, paths = []);
        paths.AddRange(Path.SelectMany(path => ManifestPaths.Resolve(this, path)));
    }

    protected override void EndProcessing()
    {
        foreach ((ConnectedCluster cluster, List<string> paths) in _paths) Import(cluster, [.. paths.Distinct(StringComparer.Ordinal)]);
        base.EndProcessing();
    }

    private void Import(ConnectedCluster cluster, string[] paths)
    {
        if (paths.Length == 0 || !TryRead(paths, out ImmutableArray<SourcedResource> wanted) || !AreOfNamespace(cluster, wanted)) return;
        if (wanted.IsEmpty)
        {
            WriteWarning($"There is no resource of a cluster's load balancing in {string.Join(", ", paths)}.");
            return;
        }

        if (!TryAsk(cluster, null, (store, stop) => ConfigurationReader.ReadAsync(store, cluster.Namespace, stop), out ImmutableArray<SourcedResource> existing)) return;
        if (!Force && !IsOwnMaster(cluster, existing, "The configuration")) return;
        HashSet<string> titles = [.. wanted.Select(source => source.Title)];
        if (!IsAllowed(cluster, existing, [.. existing.Where(source => !titles.Contains(source.Title)), .. wanted])) return;
        // The Cluster first, as the others belong to it.
        foreach (SourcedResource source in wanted.OrderBy(source => source.Resource is not ClusterResource)) Apply(cluster, source);
    }

    private bool TryRead(string[] paths, out ImmutableArray<SourcedResource> wanted)
    {
        bool all = true;
        ImmutableArray<SourcedResource>.Builder found = ImmutableArray.CreateBuilder<SourcedResource>();
        foreach (string path in paths)
        {
            all &= ManifestPaths.TryLoad(this, path, out ImmutableArray<ManifestFile> files);
            all &= ManifestPaths.TryRead(this, path, files, out ReadResult read);
            found.AddRange(read.Resources);
        }

        wanted = found.DrainToImmutable();
        return all;
    }

    private bool AreOfNamespace(ConnectedCluster cluster, ImmutableArray<SourcedResource> wanted)
    {
        SourcedResource[] others = [.. wanted.Where(source => ConfigurationKinds.IsOfCluster(source.Resource) && source.Resource.Metadata.Namespace != cluster.Namespace)];
        foreach (SourcedResource other in others) WriteError(BgpErrors.NamespaceDiffers(other, cluster));
        return others.Length == 0;
    }

    private void Apply(ConnectedCluster cluster, SourcedResource source)
    {
        ResourceAccess access = ResourceAccess.For(source.Resource);
        if (!TryAsk(cluster, source.Title, (store, stop) => access.GetAsync(store, source.Resource, stop), out Resource? current)) return;
        ImportedResource import = new(source.Resource, current);
        if (import.IsNothing)
        {
            WriteVerbose($"{source.Title} is in cluster '{cluster.Name}' as it is here.");
            return;
        }

        if (!ShouldProcess($"{source.Title} in cluster {cluster.Name}", import.IsNew ? "Create" : "Change")) return;
        if (!TryAsk(cluster, source.Title, async (store, stop) => await import.WriteAsync(access, store, stop).ConfigureAwait(false), out Resource? written)) return;
        // So that an export gives back what no record knows. A document of ours that is there keeps what is in it.
        if (cluster.Store is ManifestClusterStore manifests && source.Resource is not SecretResource && (import.IsNew || !ConfigurationKinds.IsOfCluster(source.Resource))) manifests.Bring(written.Metadata.Uid!, source);
        WriteObject(new BgpClusterResource(cluster, source, import.IsNew ? BgpResourceChange.Created : BgpResourceChange.Changed));
    }
}
