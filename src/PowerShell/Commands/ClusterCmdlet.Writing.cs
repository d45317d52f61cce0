using System.Collections.Immutable;
using BgpLoadBalancer.Cluster.Control;
using BgpLoadBalancer.Cluster.Reading;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Validation;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.PowerShell.Commands;

/// <summary>
/// How a cmdlet changes a resource: the rules are asked first, then the user, then the store with the version that was read. Each method returns
/// null or false when nothing was written, whoever said no, and the errors are written then.
/// </summary>
public abstract partial class ClusterCmdlet
{
    /// <param name="action">For -WhatIf and -Confirm, such as <c>Add BGP peer</c>.</param>
    private protected T? Create<T>(ConnectedCluster cluster, T resource, string action)
        where T : Resource
    {
        SourcedResource candidate = SourcedResource.Of(resource);
        return MayChange(cluster, existing => [.. existing, candidate], candidate.Title, action)
            && TryAsk(cluster, candidate.Title, (store, stop) => store.CreateAsync(resource, stop), out T? created) ? created : null;
    }

    /// <param name="resource">What was read, with what is to change; its resource version is the one that was read.</param>
    private protected T? Update<T>(ConnectedCluster cluster, T resource, string action)
        where T : Resource
    {
        SourcedResource candidate = SourcedResource.Of(resource);
        return MayChange(cluster, existing => [.. existing.Select(other => other.Title == candidate.Title ? candidate : other)], candidate.Title, action)
            && TryAsk(cluster, candidate.Title, (store, stop) => store.UpdateAsync(resource, stop), out T? updated) ? updated : null;
    }

    /// <param name="resource">As it was read: nothing newer is deleted.</param>
    private protected bool Delete<T>(ConnectedCluster cluster, T resource, string action)
        where T : Resource
    {
        string title = SourcedResource.Of(resource).Title;
        ResourceMetadata metadata = resource.Metadata;
        return MayChange(cluster, existing => existing.RemoveAll(other => other.Title == title), title, action)
            && TryAsk(cluster, title, (store, stop) => store.DeleteAsync<T>(metadata.Namespace, metadata.Name, metadata.ResourceVersion, stop), out _);
    }

    /// <summary>Writes what a change brings: an error record for each error, a warning for each warning. False when there is an error.</summary>
    private protected bool IsAllowed(ConnectedCluster cluster, ImmutableArray<SourcedResource> before, ImmutableArray<SourcedResource> after)
    {
        ImmutableArray<Finding> brought = ConfigurationRules.CheckBrought(before, after);
        foreach (Finding finding in brought)
        {
            if (finding.Severity == FindingSeverity.Error) WriteError(BgpErrors.ConfigurationRule(new BgpConfigurationFinding(finding), cluster.Name));
        }

        if (brought.Any(finding => finding.Severity == FindingSeverity.Error)) return false;
        foreach (Finding finding in brought.Where(finding => finding.Severity == FindingSeverity.Warning)) WriteWarning(new BgpConfigurationFinding(finding).ToText());
        return true;
    }

    private bool MayChange(ConnectedCluster cluster, Func<ImmutableArray<SourcedResource>, ImmutableArray<SourcedResource>> change, string title, string action) =>
        TryAsk(cluster, title, (store, stop) => ConfigurationReader.ReadAsync(store, cluster.Namespace, stop), out ImmutableArray<SourcedResource> existing)
        && IsAllowed(cluster, existing, change(existing))
        && ShouldProcess($"{title} in cluster {cluster.Name}", action);
}
