using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.PowerShell.Commands;

/// <summary>How a cmdlet finds the resources that people edit.</summary>
public abstract partial class ClusterCmdlet
{
    /// <summary>The name under which a NetworkGatewayGroup and a BGPLoadBalancer are read (R26, R27).</summary>
    private protected const string DefaultName = "default";

    /// <summary>All resources of a kind in the cluster's namespace, by name.</summary>
    private protected bool TryList<T>(ConnectedCluster cluster, out ImmutableArray<T> resources)
        where T : Resource
    {
        resources = [];
        if (!TryAsk(cluster, null, (store, stop) => store.ListAsync<T>(cluster.Namespace, stop), out var list)) return false;
        resources = list.Items.Sort((one, other) => string.CompareOrdinal(one.Metadata.Name, other.Metadata.Name));
        return true;
    }

    /// <summary>Writes those whose names match; a literal name without one is an error.</summary>
    private protected void WriteMatches<T>(string[] names, Func<T, ConnectedCluster, object> output)
        where T : Resource
    {
        if (!TryGetCluster(out ConnectedCluster? cluster) || !TryList(cluster, out ImmutableArray<T> all)) return;
        NameMatch.Write(Wanted(names), all, resource => resource.Metadata.Name, resource => WriteObject(output(resource, cluster)), name => WriteError(NotFound(name, cluster, all)));
    }

    /// <summary>The resource of that name, or an error that says which there are.</summary>
    private protected bool TryFind<T>(ConnectedCluster cluster, string name, [NotNullWhen(true)] out T? resource)
        where T : Resource
    {
        resource = null;
        if (!TryList(cluster, out ImmutableArray<T> all)) return false;
        resource = all.FirstOrDefault(other => string.Equals(other.Metadata.Name, name, StringComparison.OrdinalIgnoreCase));
        if (resource is null) WriteError(NotFound(name, cluster, all));
        return resource is not null;
    }

    /// <summary>An error when there is a resource of that name already.</summary>
    private protected bool IsFree<T>(ConnectedCluster cluster, string name)
        where T : Resource
    {
        if (!TryList(cluster, out ImmutableArray<T> all)) return false;
        bool taken = all.Any(other => string.Equals(other.Metadata.Name, name, StringComparison.OrdinalIgnoreCase));
        if (taken) WriteError(BgpErrors.ExistsInCluster(ResourceNoun.Of<T>(), ResourceNoun.WordsOf<T>(), name, cluster.Name));
        return !taken;
    }

    /// <summary>The Cluster of the namespace, or an error that there is none yet.</summary>
    private protected bool TryGetClusterResource(ConnectedCluster cluster, [NotNullWhen(true)] out ClusterResource? resource)
    {
        resource = null;
        if (!TryList(cluster, out ImmutableArray<ClusterResource> all)) return false;
        resource = all.FirstOrDefault();
        if (resource is null) WriteError(BgpErrors.ClusterResourceMissing(cluster.Name, cluster.Namespace));
        return resource is not null;
    }

    /// <summary>What a new resource of the cluster is called.</summary>
    private protected static ResourceMetadata NewMetadata(ConnectedCluster cluster, string name) => new() { Name = name, Namespace = cluster.Namespace };

    /// <summary>The name that was said; the default one when none was, or when it is that of a place in the pipeline.</summary>
    private protected string NameOrDefault() => Said.GetValueOrDefault("Name") is string { Length: > 0 } name ? name : DefaultName;

    private static System.Management.Automation.ErrorRecord NotFound<T>(string name, ConnectedCluster cluster, ImmutableArray<T> all)
        where T : Resource =>
        BgpErrors.NotFoundInCluster(ResourceNoun.Of<T>(), ResourceNoun.WordsOf<T>(), name, cluster.Name, all.Select(resource => resource.Metadata.Name));
}
