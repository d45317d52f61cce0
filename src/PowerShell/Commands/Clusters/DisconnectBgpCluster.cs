using System.Management.Automation;
using BgpLoadBalancer.PowerShell.Completers;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.PowerShell.Commands.Clusters;

/// <summary>
/// Forgets connections, and writes what they were. Without a name it is the default of this runspace. What was changed in a cluster of manifests goes with it.
/// One that a controller or node agent of this process works for stays.
/// </summary>
[Cmdlet(VerbsCommunications.Disconnect, "BgpCluster", SupportsShouldProcess = true)]
[OutputType(typeof(BgpCluster))]
public sealed class DisconnectBgpCluster : ConnectionCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ClusterNameCompleter))]
    public string[]? Name { get; set; }

    protected override void ProcessRecord()
    {
        ConnectedCluster[] all = [.. ClusterTable.All];
        if (Name is null && ClusterTable.Default is null) ThrowTerminatingError(BgpErrors.ClusterNotConnected(all.Select(cluster => cluster.Name), orSpeaker: false));
        NameMatch.Write(Name ?? [WildcardPattern.Escape(ClusterTable.Default!.Name)], all, cluster => cluster.Name, Disconnect, name => WriteError(BgpErrors.ClusterNotFound(name, all.Select(cluster => cluster.Name))));
    }

    private void Disconnect(ConnectedCluster cluster)
    {
        if (!IsFree(cluster) || !ShouldProcess($"{cluster.Name}, from {cluster.Source}", "Disconnect BGP cluster")) return;
        ClusterWork.Forget(cluster);
        // First of all: nobody should have to wait for the answer of a cluster to be rid of it.
        ClusterTable.TryRemove(cluster);
        WriteCluster(cluster);
    }
}
