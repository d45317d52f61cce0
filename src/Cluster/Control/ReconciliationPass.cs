using System.Collections.Immutable;
using BgpLoadBalancer.Cluster.Control.Reconciling;
using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Stores;

namespace BgpLoadBalancer.Cluster.Control;

/// <summary>
/// One reconciliation of a cluster that is its own admin cluster, on request, without a controller that runs. What takes time to see is left to a
/// controller: a node's agent counts as living (R23) unless somebody knows better, and no session as silent (R30).
/// </summary>
/// <param name="clusterNamespace">Where the Cluster and its load balancing resources are.</param>
/// <param name="nodesWithoutLease">What a controller knows; null without one.</param>
public sealed class ReconciliationPass(IClusterStore store, string clusterNamespace, bool withdrawWithoutEndpoints = true, ImmutableHashSet<string>? nodesWithoutLease = null)
{
    private readonly ClusterStores _stores = new(store, store, clusterNamespace);

    // Addresses first, then the routes that they make possible; one more for what somebody else changed meanwhile.
    private const int MostRounds = 4;

    /// <summary>What <see cref="RunAsync"/> would do if nobody else wrote meanwhile. Writes nothing.</summary>
    /// <param name="snapshot">What was read from the store; services without a ready endpoint are treated as this pass does.</param>
    /// <exception cref="ClusterStoreException">The store does not answer; <see cref="StoreError.Invalid"/>: what is to be written of some object cannot be told.</exception>
    public async Task<ReconciliationPreview> PreviewAsync(ClusterSnapshot snapshot, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ReconciledObjects objects = await ReadAsync(snapshot, cancellationToken).ConfigureAwait(false);
        List<StoreWrite> all = [];
        for (int round = 0; round < MostRounds; round++)
        {
            IReadOnlyList<StoreWrite> writes = objects.Writes(out ClusterStoreException? fault);
            if (fault is not null) throw fault;
            if (writes.Count == 0) break;
            all.AddRange(writes);
            objects = objects.After(writes);
        }

        return new([.. all.SelectMany(write => write.Steps)], all.Count);
    }

    /// <summary>Writes until nothing is left to write.</summary>
    /// <param name="done">Called for every step that was done.</param>
    /// <exception cref="ClusterStoreException">
    /// The store refuses a write: those before it are done, and another pass goes on from there. <see cref="StoreError.Invalid"/>: what is to be written of some
    /// object cannot be told; the others are done.
    /// </exception>
    public async Task RunAsync(Action<PlanStep> done, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(done);
        for (int round = 0; round < MostRounds; round++)
        {
            if (await SnapshotReader.ReadAsync(store, clusterNamespace, cancellationToken, nodesWithoutLease).ConfigureAwait(false) is not { } snapshot) return;
            IReadOnlyList<StoreWrite> writes = (await ReadAsync(snapshot, cancellationToken).ConfigureAwait(false)).Writes(out ClusterStoreException? fault);
            foreach (StoreWrite write in writes) await WriteAsync(write, mayConflict: round < MostRounds - 1, done, cancellationToken).ConfigureAwait(false);
            if (writes.Count > 0) continue;
            if (fault is not null) throw fault;
            return;
        }
    }

    private async Task WriteAsync(StoreWrite write, bool mayConflict, Action<PlanStep> done, CancellationToken cancellationToken)
    {
        try
        {
            await write.ExecuteAsync(_stores, cancellationToken).ConfigureAwait(false);
        }
        catch (ClusterStoreException exception) when (exception.Error is StoreError.Conflict or StoreError.AlreadyExists or StoreError.NotFound && mayConflict)
        {
            // Somebody was quicker: the next round sees what he wrote.
            return;
        }

        foreach (PlanStep step in write.Steps) done(step);
    }

    private Task<ReconciledObjects> ReadAsync(ClusterSnapshot snapshot, CancellationToken cancellationToken) =>
        ReconciledObjects.ReadAsync(store, snapshot with { WithdrawWithoutEndpoints = withdrawWithoutEndpoints }, cancellationToken);
}
