using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using BgpLoadBalancer.Cluster;
using BgpLoadBalancer.Cluster.Control;
using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Stores;
using BgpLoadBalancer.PowerShell.Completers;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;
using BgpLoadBalancer.PowerShell.Transforms;

namespace BgpLoadBalancer.PowerShell.Commands;

/// <summary>A cmdlet that acts on a connected cluster, which it knows only by its store.</summary>
public abstract partial class ClusterCmdlet : BgpCmdlet
{
    private HashSet<string> _typed = [];

    /// <summary>The cluster; null or empty is the last connection of this runspace.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, HelpMessage = "A connected cluster: its name, or what Get-BgpCluster gives.")]
    [ClusterTransform]
    [ArgumentCompleter(typeof(ClusterNameCompleter))]
    [System.Management.Automation.AllowNull]
    [AllowEmptyString]
    public string? Cluster { get; set; }

    /// <summary>A cluster, or a speaker where that makes sense, from the pipeline: it says where to act, and nothing about the thing.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public IBgpPlace? Place { get; set; }

    /// <summary>What is said about the thing itself: all that was bound, but not the name of a place that came down the pipeline.</summary>
    private protected IReadOnlyDictionary<string, object> Said => MyInvocation.BoundParameters
        .Where(parameter => Place is null || _typed.Contains(parameter.Key))
        .ToDictionary();

    /// <summary>The names to look for: a place in the pipeline stands for all that is there, unless names were typed.</summary>
    private protected string[] Wanted(string[] names, string parameter = "Name") => Place is null || _typed.Contains(parameter) ? names : ["*"];

    /// <summary>The same where an object in the pipeline stands for what it has to do with, whatever properties it has.</summary>
    private protected string[] Wanted<T>(IBgpRelated<T>? input, string[] names, string parameter = "Name") => input is null || WasTyped(parameter) ? Wanted(names, parameter) : ["*"];

    /// <summary>What was typed of what was bound.</summary>
    private protected IReadOnlyDictionary<string, object> Typed => MyInvocation.BoundParameters.Where(parameter => _typed.Contains(parameter.Key)).ToDictionary();

    private protected bool WasTyped(string parameter) => _typed.Contains(parameter);

    protected override void BeginProcessing() => _typed = [.. MyInvocation.BoundParameters.Keys];

    /// <summary>The cluster that was named, or else the default. No default ends the command; an unknown name is an error of this input alone.</summary>
    private protected virtual bool TryGetCluster([NotNullWhen(true)] out ConnectedCluster? cluster)
    {
        cluster = string.IsNullOrEmpty(Cluster) ? ClusterTable.Default : null;
        if (cluster is not null) return true;
        if (string.IsNullOrEmpty(Cluster)) ThrowTerminatingError(BgpErrors.ClusterNotConnected(ClusterTable.Names, orSpeaker: this is SpeakerCmdlet));
        if (ClusterTable.TryGet(Cluster!, out cluster)) return true;
        WriteError(BgpErrors.ClusterNotFound(Cluster!, ClusterTable.Names));
        return false;
    }

    /// <summary>Asks the store; what it refuses is an error of this input alone.</summary>
    /// <param name="about">What the question is about, for the error: a resource's title, or null for the cluster as a whole.</param>
    private protected bool TryAsk<T>(ConnectedCluster cluster, string? about, Func<IClusterStore, CancellationToken, Task<T>> question, [MaybeNullWhen(false)] out T answer)
    {
        T? result = default;
        try
        {
            RunAsync(async () => result = await question(cluster.Store, StopToken).ConfigureAwait(false));
            answer = result!;
            return true;
        }
        catch (ClusterStoreException e)
        {
            WriteError(BgpErrors.Store(e, cluster.Name, about));
            answer = default;
            return false;
        }
    }

    /// <summary>An error for each literal node that was typed and is none of the cluster's; one that has nothing of what is looked for is no error.</summary>
    private protected void WriteUnknownNodes(string[] nodes, ConnectedCluster cluster, string[] known)
    {
        if (!WasTyped("Node")) return;
        foreach (string missing in nodes.Where(node => !WildcardPattern.ContainsWildcardCharacters(node)).Except(known, StringComparer.OrdinalIgnoreCase))
        {
            WriteError(BgpErrors.NotFoundInCluster("BgpNode", "node", missing, cluster.Name, known));
        }
    }

    /// <summary>Writes it, unless something in the pipeline has nothing to do with it.</summary>
    private protected void WriteRelated<T>(IBgpRelated<T>? input, T thing)
    {
        if (input?.IsRelatedTo(thing) ?? true) WriteObject(thing);
    }

    /// <summary>All that a plan needs; an error when the cluster has no Cluster resource.</summary>
    private protected bool TryReadSnapshot(ConnectedCluster cluster, [NotNullWhen(true)] out ClusterSnapshot? snapshot)
    {
        if (!TryAsk(cluster, null, (store, stop) => SnapshotReader.ReadAsync(store, cluster.Namespace, stop, ClusterWork.NodesWithoutLease(cluster)), out snapshot)) return false;
        if (snapshot is null) WriteError(BgpErrors.ClusterResourceMissing(cluster.Name, cluster.Namespace));
        return snapshot is not null;
    }
}
