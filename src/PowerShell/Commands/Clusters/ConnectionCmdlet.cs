using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.PowerShell.Commands.Clusters;

/// <summary>A cmdlet about connections themselves.</summary>
public abstract class ConnectionCmdlet : BgpCmdlet
{
    /// <summary>An error for a cluster that controllers or node agents of this process work for: what they announce would go, or go on unseen.</summary>
    private protected bool IsFree(ConnectedCluster cluster)
    {
        string[] works = [.. ClusterWork.WorkingFor(cluster)];
        if (works.Length > 0) WriteError(BgpErrors.ClusterInUse(cluster.Name, works));
        return works.Length == 0;
    }

    /// <summary>Writes what the connection is now; when its cluster does not answer, an error beside it.</summary>
    private protected void WriteCluster(ConnectedCluster connected)
    {
        ClusterResource? cluster = null;
        (int Nodes, int Services)? counts = null;
        try
        {
            RunAsync(async () =>
            {
                ResourceList<ClusterResource> clusters = await connected.Store.ListAsync<ClusterResource>(connected.Namespace, StopToken).ConfigureAwait(false);
                ResourceList<NodeResource> nodes = await connected.Store.ListAsync<NodeResource>(null, StopToken).ConfigureAwait(false);
                ResourceList<ServiceResource> services = await connected.Store.ListAsync<ServiceResource>(null, StopToken).ConfigureAwait(false);
                cluster = clusters.Items.MinBy(one => one.Metadata.Name, StringComparer.Ordinal);
                counts = (nodes.Items.Length, services.Items.Count(service => service.IsLoadBalancer));
            });
        }
        catch (ClusterStoreException e)
        {
            WriteError(BgpErrors.Store(e, connected.Name, null));
        }

        WriteObject(new BgpCluster(connected, cluster, counts?.Nodes, counts?.Services));
    }
}
