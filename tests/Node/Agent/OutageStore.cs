using System.Runtime.CompilerServices;
using BgpLoadBalancer.Cluster;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;

namespace BgpLoadBalancer.Node.Tests.Agent;

/// <summary>A store as one agent sees it: away when it is told so.</summary>
internal sealed class OutageStore(IClusterStore inner) : IClusterStore
{
    private readonly Lock _sync = new();
    private TaskCompletionSource _outage = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _away;
    private int _refused;

    /// <summary>Nobody gets an answer, and watches break.</summary>
    public bool Away
    {
        get
        {
            lock (_sync) return _away;
        }

        set
        {
            lock (_sync)
            {
                if (value && !_away) _outage.SetResult();
                if (!value && _away) _outage = new(TaskCreationOptions.RunContinuationsAsynchronously);
                _away = value;
            }
        }
    }

    /// <summary>Requests that came while it was away.</summary>
    public int Refused => Volatile.Read(ref _refused);

    public Task<string> GetClusterUidAsync(CancellationToken cancellationToken) => Answer(() => inner.GetClusterUidAsync(cancellationToken));

    public Task<ResourceList<T>> ListAsync<T>(string? resourceNamespace, CancellationToken cancellationToken)
        where T : Resource => Answer(() => inner.ListAsync<T>(resourceNamespace, cancellationToken));

    public Task<T?> GetAsync<T>(string resourceNamespace, string name, CancellationToken cancellationToken)
        where T : Resource => Answer(() => inner.GetAsync<T>(resourceNamespace, name, cancellationToken));

    public async IAsyncEnumerable<ResourceChange<T>> WatchAsync<T>(string? resourceNamespace, string afterVersion, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : Resource
    {
        Task outage;
        lock (_sync) outage = _outage.Task;
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using IAsyncEnumerator<ResourceChange<T>> changes = inner.WatchAsync<T>(resourceNamespace, afterVersion, ending.Token).GetAsyncEnumerator(ending.Token);
        while (true)
        {
            Task<bool> next = changes.MoveNextAsync().AsTask();
            if (await Task.WhenAny(next, outage) == outage)
            {
                await ending.CancelAsync();
                await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                throw Refuse();
            }

            if (!await next) yield break;
            yield return changes.Current;
        }
    }

    public Task<T> CreateAsync<T>(T resource, CancellationToken cancellationToken)
        where T : Resource => Answer(() => inner.CreateAsync(resource, cancellationToken));

    public Task<T> UpdateAsync<T>(T resource, CancellationToken cancellationToken)
        where T : Resource => Answer(() => inner.UpdateAsync(resource, cancellationToken));

    public Task<T> UpdateStatusAsync<T>(T resource, CancellationToken cancellationToken)
        where T : Resource => Answer(() => inner.UpdateStatusAsync(resource, cancellationToken));

    public Task<bool> DeleteAsync<T>(string resourceNamespace, string name, string? resourceVersion, CancellationToken cancellationToken)
        where T : Resource => Answer(() => inner.DeleteAsync<T>(resourceNamespace, name, resourceVersion, cancellationToken));

    private ClusterStoreException Refuse()
    {
        _ = Interlocked.Increment(ref _refused);
        return new(StoreError.Unavailable, "The store is away.");
    }

    private Task<T> Answer<T>(Func<Task<T>> answer) => Away ? Task.FromException<T>(Refuse()) : answer();
}
