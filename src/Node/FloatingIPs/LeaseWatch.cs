using BgpLoadBalancer.Cluster;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;

namespace BgpLoadBalancer.Node.FloatingIPs;

/// <summary>
/// Hears of all floating IPs' leases, so that an agent that is named one day has been counting already. Nothing but speed depends on it:
/// what is written always names the version that it replaces.
/// </summary>
/// <param name="listed">Gets all leases, at first and after each break.</param>
/// <param name="changed">Gets the name and the lease; null when it was deleted.</param>
/// <param name="unexpected">Gets what is no failure of the store's, once while it stays the same.</param>
internal sealed class LeaseWatch(IClusterStore store, TimeSpan pause, TimeProvider time, Action<IReadOnlyList<LeaseResource>> listed, Action<string, LeaseResource?> changed, Action<Exception> unexpected)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        string? last = null;
        while (true)
        {
            try
            {
                await WatchAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (ClusterStoreException)
            {
                // Whoever needs a lease reads it, and reports what the store says to that.
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                if (exception.Message != last) unexpected(exception);
                last = exception.Message;
            }

            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        ResourceList<LeaseResource> list = await store.ListAsync<LeaseResource>(LeaseNames.SystemNamespace, cancellationToken).ConfigureAwait(false);
        listed(list.Items);
        string version = list.ResourceVersion;
        while (true)
        {
            await foreach (ResourceChange<LeaseResource> change in store.WatchAsync<LeaseResource>(LeaseNames.SystemNamespace, version, cancellationToken).ConfigureAwait(false))
            {
                version = change.Resource.Metadata.ResourceVersion ?? version;
                changed(change.Resource.Metadata.Name, change.Kind == ResourceChangeKind.Deleted ? null : change.Resource);
            }

            // The other side has ended it; not at once again, should it do so each time.
            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
        }
    }
}
