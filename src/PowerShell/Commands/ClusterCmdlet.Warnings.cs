using System.Collections.Immutable;
using BgpLoadBalancer.Cluster.Control;
using BgpLoadBalancer.Cluster.Reading;
using BgpLoadBalancer.Cluster.Validation;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.PowerShell.Commands;

/// <summary>
/// When the warnings about a change are said. One change: at once. Many in a pipeline: at its end, and only what is still so then, since the second of
/// two new peers mends what the first alone would be warned of.
/// </summary>
public abstract partial class ClusterCmdlet
{
    private readonly List<(ConnectedCluster Cluster, Finding Finding)> _later = [];

    // Whoever is asked, or only wants to know, hears it before the question.
    private bool IsOneOfMany => MyInvocation.ExpectingInput && !MyInvocation.BoundParameters.ContainsKey("WhatIf") && !MyInvocation.BoundParameters.ContainsKey("Confirm");

    protected override void EndProcessing()
    {
        foreach (IGrouping<ConnectedCluster, Finding> group in _later.GroupBy(later => later.Cluster, later => later.Finding))
        {
            ConnectedCluster cluster = group.Key;
            if (!TryAsk(cluster, null, (store, stop) => ConfigurationReader.ReadAsync(store, cluster.Namespace, stop), out ImmutableArray<SourcedResource> now)) continue;
            foreach (Finding finding in ConfigurationRules.StillThere(group, now)) WriteWarning(new BgpConfigurationFinding(finding).ToText());
        }
    }

    private void Warn(ConnectedCluster cluster, IEnumerable<Finding> findings)
    {
        foreach (Finding finding in findings)
        {
            if (IsOneOfMany) _later.Add((cluster, finding));
            else WriteWarning(new BgpConfigurationFinding(finding).ToText());
        }
    }
}
