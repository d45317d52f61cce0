using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;

namespace BgpLoadBalancer.Cluster.Control.Observation;

/// <summary>Keeps a sink up to date with all objects of a kind: lists them, watches from there, and lists again after a fault.</summary>
/// <param name="resourceNamespace">Null: all namespaces.</param>
/// <param name="random">Spreads the return of many watchers after an outage.</param>
internal sealed class Reflector<T>(IClusterStore store, string? resourceNamespace, IResourceSink<T> sink, TimeProvider timeProvider, Random random)
    where T : Resource
{
    public static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(250);

    /// <summary>Short, since floating IPs are to be back within seconds of the store's return.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(4);

    /// <summary>Runs until cancelled; faults of the store are the sink's to report.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        string? version = null;
        TimeSpan wait = FirstWait;
        while (true)
        {
            bool sawSomething = false;
            try
            {
                if (version is null)
                {
                    ResourceList<T> list = await store.ListAsync<T>(resourceNamespace, cancellationToken).ConfigureAwait(false);
                    sink.Replace(list.Items);
                    version = list.ResourceVersion;
                    sawSomething = true;
                }

                await foreach (ResourceChange<T> change in store.WatchAsync<T>(resourceNamespace, version, cancellationToken).ConfigureAwait(false))
                {
                    version = change.Resource.Metadata.ResourceVersion ?? version;
                    sink.Change(change);
                    sawSomething = true;
                }
            }
            catch (ClusterStoreException exception)
            {
                version = null;
                sink.Interrupt(exception);
            }

            // Also after a watch that ended in order: a server that ends each at once is not to be asked in a tight loop.
            if (sawSomething) wait = FirstWait;
            await Task.Delay(wait * (0.5 + (random.NextDouble() / 2)), timeProvider, cancellationToken).ConfigureAwait(false);
            wait = wait * 2 > LongestWait ? LongestWait : wait * 2;
        }
    }
}
