using System.Runtime.CompilerServices;
using BgpLoadBalancer.Cluster;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;

namespace BgpLoadBalancer.Node.Tests.FloatingIPs;

internal enum StoreAnswer
{
    Normal,

    /// <summary>At once: it is not available.</summary>
    Unavailable,

    /// <summary>A fault of its client's, and no answer.</summary>
    Broken,

    /// <summary>None, until the request is given up.</summary>
    None,
}

/// <summary>A store that does not answer for a while.</summary>
internal sealed class UnsteadyStore(IClusterStore inner) : IClusterStore
{
    public IClusterStore Inner { get; } = inner;

    public StoreAnswer Answer { get; set; }

    /// <summary>What was asked is done, and then its answer takes until this.</summary>
    public Task Underway { get; set; } = Task.CompletedTask;

    public Task<string> GetClusterUidAsync(CancellationToken cancellationToken) => Ask(Inner.GetClusterUidAsync, cancellationToken);

    public Task<ResourceList<T>> ListAsync<T>(string? resourceNamespace, CancellationToken cancellationToken)
        where T : Resource => Ask(token => Inner.ListAsync<T>(resourceNamespace, token), cancellationToken);

    public Task<T?> GetAsync<T>(string resourceNamespace, string name, CancellationToken cancellationToken)
        where T : Resource => Ask(token => Inner.GetAsync<T>(resourceNamespace, name, token), cancellationToken);

    public async IAsyncEnumerable<ResourceChange<T>> WatchAsync<T>(string? resourceNamespace, string afterVersion, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : Resource
    {
        await foreach (ResourceChange<T> change in Inner.WatchAsync<T>(resourceNamespace, afterVersion, cancellationToken))
        {
            if (Answer == StoreAnswer.Normal) yield return change;
        }
    }

    public Task<T> CreateAsync<T>(T resource, CancellationToken cancellationToken)
        where T : Resource => Ask(token => Inner.CreateAsync(resource, token), cancellationToken);

    public Task<T> UpdateAsync<T>(T resource, CancellationToken cancellationToken)
        where T : Resource => Ask(token => Inner.UpdateAsync(resource, token), cancellationToken);

    public Task<T> UpdateStatusAsync<T>(T resource, CancellationToken cancellationToken)
        where T : Resource => Ask(token => Inner.UpdateStatusAsync(resource, token), cancellationToken);

    public Task<bool> DeleteAsync<T>(string resourceNamespace, string name, string? resourceVersion, CancellationToken cancellationToken)
        where T : Resource => Ask(token => Inner.DeleteAsync<T>(resourceNamespace, name, resourceVersion, token), cancellationToken);

    private async Task<T> Ask<T>(Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        if (Answer == StoreAnswer.Unavailable) throw new ClusterStoreException(StoreError.Unavailable, "The store is away.");
        if (Answer == StoreAnswer.Broken) throw new InvalidOperationException("The client is broken.");
        if (Answer == StoreAnswer.None) await Task.Delay(Timeout.Infinite, cancellationToken);
        T answer = await ask(cancellationToken);
        await Underway.WaitAsync(cancellationToken);
        return answer;
    }
}
