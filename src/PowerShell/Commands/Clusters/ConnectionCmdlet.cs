using BgpLoadBalancer.Cluster.Control;
using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Stores;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.PowerShell.Commands.Clusters;

/// <summary>A cmdlet about connections themselves.</summary>
public abstract class ConnectionCmdlet : BgpCmdlet
{
    /// <summary>Writes what the connection is now; of a cluster that does not answer, an error beside it.</summary>
    private protected void WriteCluster(ConnectedCluster cluster)
    {
        ClusterSnapshot? now = null;
        try
        {
            RunAsync(async () => now = await SnapshotReader.ReadAsync(cluster.Store, cluster.Namespace, StopToken).ConfigureAwait(false));
        }
        catch (ClusterStoreException e)
        {
            WriteError(BgpErrors.Store(e, cluster.Name, null));
        }

        WriteObject(new BgpCluster(cluster, now));
    }
}
