using System.Collections.Immutable;
using BgpLoadBalancer.Cluster.Control.Reconciling;
using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;

namespace BgpLoadBalancer.Cluster.Control;

/// <summary>
/// One reconciliation of a cluster that is its own admin cluster, on request, without a controller that runs. What takes time to see is left to a
/// controller: every node's agent counts as living (R23), and no session as silent (R30).
/// </summary>
/// <param name="clusterNamespace">Where the Cluster and its load balancing resources are.</param>
public sealed class ReconciliationPass(IClusterStore store, string clusterNamespace, bool withdrawWithoutEndpoints = true)
{
    private readonly ClusterStores _stores = new(store, store, clusterNamespace);

    // Addresses first, then the routes that they make possible; one more for what somebody else changed meanwhile.
    private const int MostRounds = 4;

    /// <summary>What would be written now.</summary>
    /// <exception cref="ClusterStoreException">The store does not answer.</exception>
    public async Task<ImmutableArray<PlanStep>> PreviewAsync(CancellationToken cancellationToken) =>
        [.. (await WritesAsync(cancellationToken).ConfigureAwait(false)).SelectMany(write => write.Steps)];

    /// <summary>Writes until nothing is left to write.</summary>
    /// <param name="done">Called for every step that was done.</param>
    /// <exception cref="ClusterStoreException">The store refuses a write; those before it are done, and another pass goes on from there.</exception>
    public async Task RunAsync(Action<PlanStep> done, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(done);
        for (int round = 0; round < MostRounds; round++)
        {
            ImmutableArray<StoreWrite> writes = await WritesAsync(cancellationToken).ConfigureAwait(false);
            if (writes.IsEmpty) return;
            foreach (StoreWrite write in writes)
            {
                try
                {
                    await write.ExecuteAsync(_stores, cancellationToken).ConfigureAwait(false);
                }
                catch (ClusterStoreException exception) when (exception.Error is StoreError.Conflict && round < MostRounds - 1)
                {
                    // Somebody was quicker: the next round sees what he wrote.
                    continue;
                }

                foreach (PlanStep step in write.Steps) done(step);
            }
        }
    }

    private async Task<ImmutableArray<StoreWrite>> WritesAsync(CancellationToken cancellationToken)
    {
        if (await SnapshotReader.ReadAsync(store, clusterNamespace, cancellationToken).ConfigureAwait(false) is not { } read) return [];
        ClusterSnapshot snapshot = read with { WithdrawWithoutEndpoints = withdrawWithoutEndpoints };
        ResourceList<BgpSessionResource> sessions = await store.ListAsync<BgpSessionResource>(LeaseNames.SystemNamespace, cancellationToken).ConfigureAwait(false);
        ResourceList<BgpAdvertisedRouteResource> routes = await store.ListAsync<BgpAdvertisedRouteResource>(LeaseNames.SystemNamespace, cancellationToken).ConfigureAwait(false);
        return Reconciliation.Of(Planner.Plan(snapshot), snapshot, sessions.Items, routes.Items);
    }
}
