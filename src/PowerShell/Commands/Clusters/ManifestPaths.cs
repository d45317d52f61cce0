using System.Collections.Immutable;
using System.Management.Automation;
using BgpLoadBalancer.Cluster.Documents;
using BgpLoadBalancer.Cluster.Reading;
using BgpLoadBalancer.Cluster.Validation;
using BgpLoadBalancer.PowerShell.Loading;
using BgpLoadBalancer.PowerShell.Models;

namespace BgpLoadBalancer.PowerShell.Commands.Clusters;

/// <summary>Finds and reads manifests for a cmdlet.</summary>
internal static class ManifestPaths
{
    /// <summary>The files and folders that a path with wildcards names; none, with an error, for one that is not there.</summary>
    public static IEnumerable<string> Resolve(PSCmdlet cmdlet, string path)
    {
        try
        {
            return cmdlet.GetResolvedProviderPathFromPSPath(path, out _);
        }
        catch (Exception e) when (e is ItemNotFoundException or System.Management.Automation.DriveNotFoundException or ProviderNotFoundException)
        {
            cmdlet.WriteError(BgpErrors.PathNotFound(e, path));
            return [];
        }
    }

    /// <summary>The manifests of a file or folder, as text and documents; an error when they cannot be got at.</summary>
    public static bool TryLoad(PSCmdlet cmdlet, string path, out ImmutableArray<ManifestFile> files)
    {
        try
        {
            files = Plugins.OfModule.Call(() => ManifestFormat.Instance.Read(path));
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or BgpException)
        {
            cmdlet.WriteError(BgpErrors.CannotRead(e, path));
            files = [];
            return false;
        }
    }

    /// <summary>The resources of manifests; errors, one a finding, when a document of ours says something that cannot be read.</summary>
    public static bool TryRead(PSCmdlet cmdlet, string path, ImmutableArray<ManifestFile> files, out ReadResult read)
    {
        read = ResourceReader.Read(files.SelectMany(file => file.Documents));
        Finding[] errors = [.. files.Select(file => file.Problem).OfType<Finding>(), .. read.Findings.Where(finding => finding.Severity == FindingSeverity.Error)];
        foreach (Finding error in errors) cmdlet.WriteError(BgpErrors.ManifestNotReadable(new BgpConfigurationFinding(error), path));
        return errors.Length == 0;
    }
}
