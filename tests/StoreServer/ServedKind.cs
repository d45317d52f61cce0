using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using System.Text.Json;
using BgpLoadBalancer.Cluster;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;

namespace BgpLoadBalancer.StoreServer;

/// <summary>Carries out requests about one kind.</summary>
internal abstract class ServedKind
{
    private static readonly FrozenDictionary<string, ServedKind> s_byName = StoredKind.All
        .ToFrozenDictionary(kind => kind.Name, kind => (ServedKind)Activator.CreateInstance(typeof(ServedKind<>).MakeGenericType(kind.Type))!);

    /// <exception cref="JsonException">There is no such kind.</exception>
    public static ServedKind Of(string? name) => s_byName.GetValueOrDefault(name ?? "") ?? throw new JsonException($"'{name}' is not a kind of a store.");

    public abstract Task<StoreReply> CallAsync(IClusterStore store, StoreRequest request, CancellationToken cancellationToken);

    public abstract IAsyncEnumerable<StoreReply> WatchAsync(IClusterStore store, StoreRequest request, CancellationToken cancellationToken);
}

internal sealed class ServedKind<T> : ServedKind
    where T : Resource
{
    public override async Task<StoreReply> CallAsync(IClusterStore store, StoreRequest request, CancellationToken cancellationToken) => request.Call switch
    {
        StoreCall.List => Reply(await store.ListAsync<T>(request.Namespace, cancellationToken)),
        StoreCall.Get => await store.GetAsync<T>(request.Namespace ?? "", request.Name ?? "", cancellationToken) is { } found ? Reply(found) : new(),
        StoreCall.Create => Reply(await store.CreateAsync(StoreJson.FromElement<T>(request.Resource), cancellationToken)),
        StoreCall.Update => Reply(await store.UpdateAsync(StoreJson.FromElement<T>(request.Resource), cancellationToken)),
        StoreCall.UpdateStatus => Reply(await store.UpdateStatusAsync(StoreJson.FromElement<T>(request.Resource), cancellationToken)),
        StoreCall.Delete => new(StoreJson.ToElement(await store.DeleteAsync<T>(request.Namespace ?? "", request.Name ?? "", request.Version, cancellationToken))),
        _ => throw new JsonException($"{request.Call} is no call about a kind."),
    };

    public override async IAsyncEnumerable<StoreReply> WatchAsync(IClusterStore store, StoreRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (ResourceChange<T> change in store.WatchAsync<T>(request.Namespace, request.Version ?? "", cancellationToken))
        {
            yield return Reply(change.Resource) with { Change = change.Kind };
        }
    }

    private static StoreReply Reply(T resource) => new(StoreJson.ToElement(resource));

    private static StoreReply Reply(ResourceList<T> list) => new(StoreJson.ToElement(list.Items), list.ResourceVersion);
}
