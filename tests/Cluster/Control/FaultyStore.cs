using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;

namespace BgpLoadBalancer.Cluster.Tests.Control;

/// <summary>A store that fails when it is told to.</summary>
internal sealed class FaultyStore(IClusterStore inner) : IClusterStore, IDisposable
{
    private CancellationTokenSource _outage = new();

    /// <summary>Nobody gets an answer, and watches break.</summary>
    public bool Away
    {
        get;
        set
        {
            field = value;
            if (value) _outage.Cancel();
            else _outage = new();
        }
    }

    /// <summary>Every write that was asked for, in order.</summary>
    public ConcurrentQueue<Resource> Asked { get; } = new();

    /// <summary>Writes of these objects are refused.</summary>
    public Func<Resource, bool> Refuses { get; set; } = _ => false;

    public Exception Refusal { get; set; } = new ClusterStoreException(StoreError.Invalid, "Not this one.");

    /// <summary>Writes of these objects get no answer.</summary>
    public Func<Resource, bool> Hangs { get; set; } = _ => false;

    /// <summary>How objects are listed and watched; what it throws, the list or watch does.</summary>
    public Func<Resource, Resource> Shows { get; set; } = resource => resource;

    /// <summary>Every watch ends at once with this.</summary>
    public Exception? WatchFault { get; set; }

    /// <summary>How often each kind has been listed.</summary>
    public ConcurrentDictionary<Type, int> Lists { get; } = new();

    public Task<string> GetClusterUidAsync(CancellationToken cancellationToken) => Answer(() => inner.GetClusterUidAsync(cancellationToken));

    public Task<ResourceList<T>> ListAsync<T>(string? resourceNamespace, CancellationToken cancellationToken)
        where T : Resource => Answer(async () =>
        {
            _ = Lists.AddOrUpdate(typeof(T), 1, (_, count) => count + 1);
            ResourceList<T> list = await inner.ListAsync<T>(resourceNamespace, cancellationToken);
            return new ResourceList<T>([.. list.Items.Select(item => (T)Shows(item))], list.ResourceVersion);
        });

    public Task<T?> GetAsync<T>(string resourceNamespace, string name, CancellationToken cancellationToken)
        where T : Resource => Answer(() => inner.GetAsync<T>(resourceNamespace, name, cancellationToken));

    public async IAsyncEnumerable<ResourceChange<T>> WatchAsync<T>(string? resourceNamespace, string afterVersion, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : Resource
    {
        if (WatchFault is { } fault) throw fault;
        CancellationToken outage = _outage.Token;
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, outage);
        await using IAsyncEnumerator<ResourceChange<T>> changes = inner.WatchAsync<T>(resourceNamespace, afterVersion, either.Token).GetAsyncEnumerator(either.Token);
        while (await NextAsync(changes, outage, cancellationToken)) yield return changes.Current with { Resource = (T)Shows(changes.Current.Resource) };
    }

    public Task<T> CreateAsync<T>(T resource, CancellationToken cancellationToken)
        where T : Resource => Write(resource, () => inner.CreateAsync(resource, cancellationToken), cancellationToken);

    public Task<T> UpdateAsync<T>(T resource, CancellationToken cancellationToken)
        where T : Resource => Write(resource, () => inner.UpdateAsync(resource, cancellationToken), cancellationToken);

    public Task<T> UpdateStatusAsync<T>(T resource, CancellationToken cancellationToken)
        where T : Resource => Write(resource, () => inner.UpdateStatusAsync(resource, cancellationToken), cancellationToken);

    public Task<bool> DeleteAsync<T>(string resourceNamespace, string name, string? resourceVersion, CancellationToken cancellationToken)
        where T : Resource => Answer(() => inner.DeleteAsync<T>(resourceNamespace, name, resourceVersion, cancellationToken));

    private static async Task<bool> NextAsync<T>(IAsyncEnumerator<ResourceChange<T>> changes, CancellationToken outage, CancellationToken cancellationToken)
        where T : Resource
    {
        try
        {
            return await changes.MoveNextAsync();
        }
        catch (OperationCanceledException) when (outage.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw Gone();
        }
    }

    public void Dispose() => _outage.Dispose();

    private static ClusterStoreException Gone() => new(StoreError.Unavailable, "The store is away.");

    private Task<T> Answer<T>(Func<Task<T>> answer) => Away ? Task.FromException<T>(Gone()) : answer();

    private async Task<T> Write<T>(T resource, Func<Task<T>> write, CancellationToken cancellationToken)
        where T : Resource
    {
        Asked.Enqueue(resource);
        if (Hangs(resource)) await Task.Delay(Timeout.Infinite, cancellationToken);
        return Refuses(resource) ? throw Refusal : await Answer(write);
    }
}
