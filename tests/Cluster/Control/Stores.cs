using BgpLoadBalancer.Cluster.Control;
using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;

namespace BgpLoadBalancer.Cluster.Tests.Control;

/// <summary>Embedded stores with clusters in them, and waiting for what becomes of them.</summary>
internal static class Stores
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static ManifestClusterStore Empty(int seed = 1) => new(new() { Seed = seed });

    /// <summary>Creates every object of the snapshot, with its status.</summary>
    public static async Task FillAsync(IClusterStore store, ClusterSnapshot snapshot)
    {
        await PutAsync(store, snapshot.Cluster);
        if (snapshot.NetworkGatewayGroup is { } group) await PutAsync(store, group);
        if (snapshot.BgpLoadBalancer is { } balancer) await PutAsync(store, balancer);
        foreach (BgpPeerResource peer in snapshot.BgpPeers) await PutAsync(store, peer);
        foreach (NodeResource node in snapshot.Nodes) await PutAsync(store, WithAnnotation(node));
        foreach (ServiceResource service in snapshot.Services) await PutAsync(store, service);
        foreach (EndpointSliceResource slice in snapshot.EndpointSlices) await PutAsync(store, slice);
    }

    public static async Task PutAsync<T>(IClusterStore store, T resource)
        where T : Resource
    {
        T created = await store.CreateAsync(resource, Stores.Token);
        if (ResourceStatus.IsPartOf(resource)) _ = await store.UpdateStatusAsync((T)ResourceStatus.Take(created, resource), Stores.Token);
    }

    public static async Task<T> ChangeAsync<T>(IClusterStore store, string space, string name, Func<T, T> change)
        where T : Resource => await store.UpdateAsync(change((await store.GetAsync<T>(space, name, Stores.Token))!), Stores.Token);

    public static async Task<T> ChangeStatusAsync<T>(IClusterStore store, string space, string name, Func<T, T> change)
        where T : Resource => await store.UpdateStatusAsync(change((await store.GetAsync<T>(space, name, Stores.Token))!), Stores.Token);

    /// <summary>Waits until all objects of a kind are as they should be.</summary>
    public static async Task<IReadOnlyList<T>> UntilAsync<T>(IClusterStore store, Func<IReadOnlyList<T>, bool> condition)
        where T : Resource
    {
        using CancellationTokenSource patience = new(Patience);
        ResourceList<T> list = await store.ListAsync<T>(null, patience.Token);
        if (condition(list.Items)) return list.Items;
        try
        {
            await foreach (ResourceChange<T> _ in store.WatchAsync<T>(null, list.ResourceVersion, patience.Token))
            {
                list = await store.ListAsync<T>(null, patience.Token);
                if (condition(list.Items)) return list.Items;
            }
        }
        catch (OperationCanceledException)
        {
            list = await store.ListAsync<T>(null, Stores.Token);
        }

        throw new TimeoutException($"Still not as expected: {string.Join(Environment.NewLine, list.Items)}");
    }

    /// <summary>Waits until something is so, without any virtual time passing.</summary>
    public static async Task TrueAsync(Func<bool> condition)
    {
        using CancellationTokenSource patience = new(Patience);
        while (!condition())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    public static ClusterStores SelfManaged(IClusterStore store) => new(store, store, "cluster-c1");

    public static NodeResource WithAnnotation(NodeResource node) => node with
    {
        Metadata = node.Metadata with
        {
            Annotations = node.Metadata.Annotations.SetItem(NodeResource.AddressesAnnotation, string.Join(",", node.InterfaceAddresses.Select(prefix => $"{prefix.Address}/{prefix.Length}"))),
        },
    };
}
