using System.Collections.Immutable;
using System.Management.Automation;
using BgpLoadBalancer.Cluster.Documents;
using BgpLoadBalancer.Cluster.Validation;
using BgpLoadBalancer.PowerShell.Models;

namespace BgpLoadBalancer.PowerShell.Commands.Clusters;

/// <summary>
/// Checks the configuration of a cluster against every rule: a file of several documents, or a folder of manifests, which are
/// checked together. What is wrong is a result, not an error.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "BgpClusterConfiguration")]
[OutputType(typeof(BgpConfigurationFinding), typeof(bool))]
public sealed class TestBgpClusterConfiguration : BgpCmdlet
{
    /// <summary>Files or folders, wildcards allowed. Each is a configuration of its own.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "PSPath")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Only whether a configuration has no error.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    protected override void ProcessRecord()
    {
        foreach (string file in Path.SelectMany(path => ManifestPaths.Resolve(this, path))) Check(file);
    }

    private void Check(string path)
    {
        if (!ManifestPaths.TryLoad(this, path, out ImmutableArray<ManifestFile> files)) return;
        ImmutableArray<Finding> findings = ConfigurationRules.Check(files);
        if (Quiet) WriteObject(!findings.Any(finding => finding.Severity == FindingSeverity.Error));
        else foreach (Finding finding in findings) WriteObject(new BgpConfigurationFinding(finding));
    }
}
