using System.Collections.Immutable;
using System.Management.Automation;
using BgpLoadBalancer.Cluster.Documents;
using BgpLoadBalancer.Cluster.Reading;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;
using BgpLoadBalancer.Cluster.Validation;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.PowerShell.Commands.Clusters;

/// <summary>
/// Connects the cluster that manifests describe, a file or a folder, and makes it this runspace's default. It lives in memory: the files stay as they
/// are until Export-BgpClusterConfiguration writes them.
/// </summary>
[Cmdlet(VerbsCommunications.Connect, "BgpCluster")]
[OutputType(typeof(BgpCluster))]
public sealed class ConnectBgpCluster : ConnectionCmdlet
{
    private bool _nameTyped;

    /// <summary>Files or folders, wildcards allowed. Each is a cluster of its own.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "PSPath")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>What to call it: by default the name of its Cluster, or of the file or folder. Get-ChildItem gives the file's or folder's.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    public string? Name { get; set; }

    /// <summary>Where its Cluster and load balancing resources are: by default where they are in the manifests, or else cluster- and its name.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Namespace { get; set; }

    /// <summary>Replace a connection of that name.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void BeginProcessing() => _nameTyped = MyInvocation.BoundParameters.ContainsKey(nameof(Name));

    protected override void ProcessRecord()
    {
        foreach (string path in Path.SelectMany(path => ManifestPaths.Resolve(this, path))) Connect(path);
    }

    private void Connect(string path)
    {
        if (!ManifestPaths.TryLoad(this, path, out ImmutableArray<ManifestFile> files) || !ManifestPaths.TryRead(this, path, files, out ReadResult read)) return;
        ResourceMetadata? cluster = read.Resources.Select(source => source.Resource).OfType<ClusterResource>().FirstOrDefault()?.Metadata;
        string file = NameOf(path);
        string name = string.IsNullOrEmpty(Name) ? cluster?.Name ?? file : _nameTyped ? Name : NameOf(Name);
        string space = Namespace ?? cluster?.Namespace ?? OursIn(read) ?? $"cluster-{name}";
        if (Load(files, name) is not { } store) return;
        ConnectedCluster connected = new(name, store, space, path);
        if (Force)
        {
            if (ClusterTable.TryGet(name, out ConnectedCluster? replaced))
            {
                if (!IsFree(replaced)) return;
                ClusterWork.Forget(replaced);
            }

            ClusterTable.Replace(connected);
        }
        else if (!ClusterTable.TryAdd(connected))
        {
            WriteError(BgpErrors.ClusterExists(name, ClusterTable.TryGet(name, out ConnectedCluster? other) ? other.Source : ""));
            return;
        }

        if (read.Resources.IsEmpty) WriteWarning($"There is no resource of a cluster in {path}, so cluster '{name}' is empty.");
        WarnOf(files, path, name);
        WriteCluster(connected);
    }

    /// <summary>The manifests in a store of memory; an error when two documents say they are one object, and the like.</summary>
    private ManifestClusterStore? Load(ImmutableArray<ManifestFile> files, string name)
    {
        try
        {
            return ManifestClusterStore.Load(files, new() { Seed = Random.Shared.Next() });
        }
        catch (ClusterStoreException e)
        {
            WriteError(BgpErrors.Store(e, name, null));
            return null;
        }
    }

    private void WarnOf(ImmutableArray<ManifestFile> files, string path, string name)
    {
        ImmutableArray<Finding> findings = ConfigurationRules.Check(files);
        int errors = findings.Count(finding => finding.Severity == FindingSeverity.Error);
        int warnings = findings.Count(finding => finding.Severity == FindingSeverity.Warning);
        string[] counts = [.. new[] { Count(errors, "error"), Count(warnings, "warning") }.OfType<string>()];
        if (counts.Length > 0) WriteWarning($"The configuration of cluster '{name}' has {string.Join(" and ", counts)}: Test-BgpClusterConfiguration '{path}' says which.");
    }

    private static string? Count(int number, string what) => number == 0 ? null : $"{number} {what}{(number == 1 ? "" : "s")}";

    // The namespace of what belongs to a Cluster, where the Cluster itself is not there.
    private static string? OursIn(ReadResult read) => read.Resources
        .Select(source => source.Resource)
        .FirstOrDefault(resource => resource is NetworkGatewayGroupResource or BgpLoadBalancerResource or BgpPeerResource or ClusterCidrConfigResource)?.Metadata.Namespace;

    private static string NameOf(string path)
    {
        string name = System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(path));
        return System.IO.Path.GetExtension(name) is ".yaml" or ".yml" or ".json" ? System.IO.Path.GetFileNameWithoutExtension(name) : name;
    }
}
