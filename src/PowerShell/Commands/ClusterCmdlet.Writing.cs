using System.Collections.Immutable;
using BgpLoadBalancer.Cluster.Control;
using BgpLoadBalancer.Cluster.Reading;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;
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
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <param name="action">For -WhatIf and -Confirm, such as <c>Add BGP peer</c>.</param>
    /// <param name="force">Also through a user cluster (R36).</param>
    private protected T? Create<T>(ConnectedCluster cluster, T resource, string action, bool force)
        where T : Resource
    {
        SourcedResource candidate = SourcedResource.Of(resource);
        return MayChange(cluster, existing => [.. existing, candidate], candidate.Title, action, force)
            && TryAsk(cluster, candidate.Title, (store, stop) => store.CreateAsync(resource, stop), out T? created) ? created : null;
    }

    /// <param name="resource">What was read, with what is to change; its resource version is the one that was read.</param>
    private protected T? Update<T>(ConnectedCluster cluster, T resource, string action, bool force)
        where T : Resource
    {
        SourcedResource candidate = SourcedResource.Of(resource);
        return MayChange(cluster, existing => [.. existing.Select(other => other.Title == candidate.Title ? candidate : other)], candidate.Title, action, force)
            && TryAsk(cluster, candidate.Title, (store, stop) => store.UpdateAsync(resource, stop), out T? updated) ? updated : null;
    }

    /// <param name="resource">As it was read: nothing newer is deleted.</param>
    /// <param name="expected">What is the removal's own purpose, and so no reason to refuse it: a warning instead of an error.</param>
    private protected bool Delete<T>(ConnectedCluster cluster, T resource, string action, bool force, Func<Finding, bool>? expected = null)
        where T : Resource
    {
        string title = SourcedResource.Of(resource).Title;
        ResourceMetadata metadata = resource.Metadata;
        return MayChange(cluster, existing => existing.RemoveAll(other => other.Title == title), title, action, force, expected)
            && TryAsk(cluster, title, (store, stop) => store.DeleteAsync<T>(metadata.Namespace, metadata.Name, metadata.ResourceVersion, stop), out _);
    }

    /// <summary>Writes what a change brings: an error record for each error, a warning for each warning. False when there is an error.</summary>
    private protected bool IsAllowed(ConnectedCluster cluster, ImmutableArray<SourcedResource> before, ImmutableArray<SourcedResource> after, Func<Finding, bool>? expected = null)
    {
        ImmutableArray<Finding> brought = ConfigurationRules.CheckBrought(before, after);
        Finding[] refused = [.. brought.Where(finding => finding.Severity == FindingSeverity.Error && expected?.Invoke(finding) != true)];
        foreach (Finding finding in refused) WriteError(BgpErrors.ConfigurationRule(new BgpConfigurationFinding(finding), cluster.Name));
        if (refused.Length > 0) return false;
        Warn(cluster, brought.Where(finding => finding.Severity != FindingSeverity.Note));
        return true;
    }

    /// <summary>False, with an error, for a cluster whose resources are copies of another's (R36).</summary>
    private protected bool IsOwnMaster(ConnectedCluster cluster, ImmutableArray<SourcedResource> existing, string title) =>
        IsOwnMaster(cluster, existing.Select(source => CopySource.Of(source.Resource)).FirstOrDefault(source => source is not null), title);

    /// <param name="source">Null: its resources are nobody's copies.</param>
    private protected bool IsOwnMaster(ConnectedCluster cluster, CopySource? source, string title)
    {
        if (source is null) return true;
        WriteError(BgpErrors.UserClusterEdit(title, cluster.Name, source, NameOf(source, cluster)));
        return false;
    }

    private bool MayChange(
        ConnectedCluster cluster, Func<ImmutableArray<SourcedResource>, ImmutableArray<SourcedResource>> change, string title, string action, bool force, Func<Finding, bool>? expected = null) =>
        TryAsk(cluster, title, (store, stop) => ConfigurationReader.ReadAsync(store, cluster.Namespace, stop), out ImmutableArray<SourcedResource> existing)
        && (force || IsOwnMaster(cluster, existing, title))
        && IsAllowed(cluster, existing, change(existing), expected)
        && ShouldProcess($"{title} in cluster {cluster.Name}", action);

    // By which name the admin cluster is connected, if it is. Nobody waits for the refusal because some other cluster is far away.
    private string? NameOf(CopySource source, ConnectedCluster but)
    {
        string?[] names = [];
        RunAsync(async () =>
        {
            using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(StopToken);
            patience.CancelAfter(Patience);
            names = await Task.WhenAll(ClusterTable.All.Where(other => other != but).Select(other => NameIfAsync(other, source.AdminClusterUid, patience.Token))).ConfigureAwait(false);
        });
        return names.FirstOrDefault(name => name is not null);
    }

    private static async Task<string?> NameIfAsync(ConnectedCluster cluster, string uid, CancellationToken patience)
    {
        try
        {
            return await cluster.Store.GetClusterUidAsync(patience).ConfigureAwait(false) == uid ? cluster.Name : null;
        }
        catch (Exception e) when (e is ClusterStoreException or OperationCanceledException)
        {
            // One that does not answer cannot be recognised; the UID names it all the same.
            return null;
        }
    }
}
