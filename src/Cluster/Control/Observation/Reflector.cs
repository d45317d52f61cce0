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

    private static readonly TimeSpan s_longestList = TimeSpan.FromMinutes(1);

    /// <summary>Runs until cancelled; faults of the store, and of taking in what it gave, are the sink's to report.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        string? version = null;
        TimeSpan wait = FirstWait;
        while (true)
        {
            long since = timeProvider.GetTimestamp();
            bool sawSomething = false;
            try
            {
                if (version is null)
                {
                    ResourceList<T> list = await StoreCall.InTimeAsync(token => store.ListAsync<T>(resourceNamespace, token), s_longestList, timeProvider, cancellationToken).ConfigureAwait(false);
                    sink.Replace(list.Items);
                    version = list.ResourceVersion;
                    since = timeProvider.GetTimestamp();
                }

                await foreach (ResourceChange<T> change in store.WatchAsync<T>(resourceNamespace, version, cancellationToken).ConfigureAwait(false))
                {
                    version = change.Resource.Metadata.ResourceVersion ?? version;
                    sink.Change(change);
                    sawSomething = true;
                }
            }
            catch (Exception exception) when (!(exception is OperationCanceledException && cancellationToken.IsCancellationRequested))
            {
                version = null;
                sink.Interrupt(exception);
            }

            // Also after a watch that ended in order: a server that ends each at once is not to be asked in a tight loop. That a list came proves nothing: the
            // watch after it may be refused each time.
            if (sawSomething || timeProvider.GetElapsedTime(since) >= LongestWait) wait = FirstWait;
            await Task.Delay(wait * (0.5 + (random.NextDouble() / 2)), timeProvider, cancellationToken).ConfigureAwait(false);
            wait = wait * 2 > LongestWait ? LongestWait : wait * 2;
        }
    }
}
