using System.Threading.Channels;
using BgpLoadBalancer.Cluster;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;

namespace BgpLoadBalancer.StoreContract;

/// <summary>Watches from a version, going on where a watch ended, until it is disposed of.</summary>
public sealed class WatchReader<T> : IAsyncDisposable
    where T : Resource
{
    private readonly CancellationTokenSource _stop;
    private readonly Channel<ResourceChange<T>> _changes = Channel.CreateUnbounded<ResourceChange<T>>();
    private readonly TimeSpan _patience;
    private readonly Task _reading;

    public WatchReader(IClusterStore store, string? resourceNamespace, string afterVersion, TimeSpan patience, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        _patience = patience;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _reading = ReadAsync(store, resourceNamespace, afterVersion);
    }

    /// <summary>The next change that a fact is about.</summary>
    /// <param name="concerns">Others write to a real cluster too.</param>
    public async Task<ResourceChange<T>> NextAsync(Func<T, bool>? concerns = null)
    {
        while (true)
        {
            ResourceChange<T> change = await _changes.Reader.ReadAsync(_stop.Token).AsTask().WaitAsync(_patience, _stop.Token);
            if (concerns is null || concerns(change.Resource)) return change;
        }
    }

    /// <summary>Like <see cref="NextAsync"/>, and checks what it is.</summary>
    public async Task ExpectAsync(ResourceChangeKind kind, T resource, Func<T, bool>? concerns = null)
    {
        ResourceChange<T> change = await NextAsync(concerns);
        Assert.Equal(kind, change.Kind);
        Assert.Equal(Description.Of(resource), Description.Of(change.Resource));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _reading.WaitAsync(_patience));
        _stop.Dispose();
    }

    private async Task ReadAsync(IClusterStore store, string? resourceNamespace, string version)
    {
        try
        {
            while (true)
            {
                await foreach (ResourceChange<T> change in store.WatchAsync<T>(resourceNamespace, version, _stop.Token))
                {
                    version = change.Resource.Metadata.ResourceVersion!;
                    await _changes.Writer.WriteAsync(change, _stop.Token);
                }

                _stop.Token.ThrowIfCancellationRequested();
            }
        }
        catch (Exception failure)
        {
            // Whoever waits for a change learns of it.
            _changes.Writer.TryComplete(failure);
            throw;
        }
    }
}
