using System.Collections.Immutable;
using System.Management.Automation;
using BgpLoadBalancer.Cluster.Stores;
using BgpLoadBalancer.PowerShell.Loading;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.PowerShell.Commands.Clusters;

/// <summary>
/// Writes the configuration of a cluster as manifests: all of it, or the resources that come down the pipeline. A cluster that was connected from files
/// keeps their comments, layout and other people's documents. Passwords are not written: a Secret stays in its file as it was. Each file is there as a
/// whole or not at all.
/// </summary>
[Cmdlet(VerbsData.Export, "BgpClusterConfiguration")]
[OutputType(typeof(FileInfo))]
public sealed class ExportBgpClusterConfiguration : ClusterCmdlet
{
    private readonly Dictionary<ConnectedCluster, List<IClusterObject>> _chosen = [];

    /// <summary>A file for all documents; or a folder, one that is there or a path that ends in a slash, for files as they were connected.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>What Import-BgpClusterConfiguration, Get-BgpPeer and the like write: only their resources.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Replace files that are there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        if (!TryGetCluster(out ConnectedCluster? cluster)) return;
        object? given = InputObject?.BaseObject is IBgpPlace ? null : InputObject?.BaseObject;
        if (given is not (null or IClusterObject))
        {
            WriteError(BgpErrors.NotExportable(given, cluster.Name));
            return;
        }

        if (!_chosen.TryGetValue(cluster, out List<IClusterObject>? chosen)) _chosen.Add(cluster, chosen = []);
        if (given is IClusterObject one) chosen.Add(one);
    }

    protected override void EndProcessing()
    {
        if (_chosen.Count > 1) ThrowTerminatingError(BgpErrors.SeveralClusters(_chosen.Keys.Select(cluster => cluster.Name), Path));
        foreach ((ConnectedCluster cluster, List<IClusterObject> chosen) in _chosen) Export(cluster, chosen);
    }

    private void Export(ConnectedCluster cluster, List<IClusterObject> chosen)
    {
        string path = GetUnresolvedProviderPathFromPSPath(Path);
        bool isFolder = Directory.Exists(path) || System.IO.Path.EndsInDirectorySeparator(Path);
        try
        {
            ImmutableArray<WrittenManifest> files = [];
            RunAsync(async () => files = await ExportedManifests.OfAsync(cluster, System.IO.Path.GetFileName(path), StopToken).ConfigureAwait(false));
            files = Plugins.OfModule.Call(() => ExportedManifests.Choose(files, chosen, ManifestFormat.Instance));
            if (chosen.Count > 0 && files.IsEmpty)
            {
                WriteError(BgpErrors.NoChoice(cluster.Name, path));
                return;
            }

            ImmutableArray<(string Path, string Text)> targets = isFolder
                ? [.. files.Select(file => (System.IO.Path.Join(path, System.IO.Path.GetFileName(file.Path)), file.Text))]
                : [(path, Plugins.OfModule.Call(() => ExportedManifests.Join(files, ManifestFormat.Instance)))];
            if (isFolder) Directory.CreateDirectory(path);
            Write(targets);
            if (chosen.Count == 0) WarnOfSecrets(cluster, files);
        }
        catch (ClusterStoreException e)
        {
            WriteError(BgpErrors.Store(e, cluster.Name, null));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException or BgpException)
        {
            WriteError(BgpErrors.CannotWrite(e, path));
        }
    }

    private void WarnOfSecrets(ConnectedCluster cluster, ImmutableArray<WrittenManifest> files)
    {
        ImmutableArray<string> missing = [];
        RunAsync(async () => missing = await UnwrittenSecrets.FindAsync(cluster, files, StopToken).ConfigureAwait(false));
        foreach (string title in missing) WriteWarning($"{title} is named by a BGPPeer, and what is in it was not written, as passwords are not exported. Keep the manifest that it came from.");
    }

    private void Write(ImmutableArray<(string Path, string Text)> targets)
    {
        string[] there = [.. targets.Select(target => target.Path).Where(File.Exists)];
        if (!Force && there.Length > 0)
        {
            foreach (string file in there) WriteError(BgpErrors.FileExists(file));
            return;
        }

        foreach ((string file, string text) in targets)
        {
            WholeFile.Write(file, text, Force);
            WriteObject(new FileInfo(file));
        }
    }
}
