using BgpLoadBalancer.Cluster;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;

namespace BgpLoadBalancer.StoreContract;

/// <summary>
/// What every <see cref="IClusterStore"/> has to do. A store's tests inherit this class and give it the store; all facts have to pass unchanged, against
/// the embedded store and against a real API server, which others may be writing to at the same time.
/// <para>So versions and UIDs are opaque here, lists come in any order, and a change may take its time to be seen.</para>
/// </summary>
public abstract partial class ClusterStoreContract
{
    /// <summary>How long a change may take to be seen, and a call to be answered, before a fact fails.</summary>
    protected virtual TimeSpan Patience => TimeSpan.FromSeconds(30);

    protected abstract IClusterStore Store { get; }

    /// <summary>Ends a fact when the run is ended.</summary>
    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Makes a namespace that is empty and that nobody else writes to. Its name is a DNS label of at most 40 characters.</summary>
    protected abstract Task<string> NewNamespaceAsync();

    /// <summary>Has the store forget what BGPPeers changed right after a version, as time does.</summary>
    protected abstract Task ForgetChangesAfterAsync(string version);

    /// <summary>
    /// Makes a Node, Service or EndpointSlice, without its status. In a real cluster others make them, so a store that cannot
    /// need not learn it for the tests' sake: they may be made some other way here.
    /// </summary>
    protected virtual Task<T> MakeAsync<T>(T resource)
        where T : Resource => Store.CreateAsync(resource, Stop);

    /// <summary>Why the store has not got a feature; null when it has.</summary>
    protected virtual string? WhyNot(StoreFeature feature) => null;

    /// <summary>The error that a call ends with.</summary>
    protected static async Task<StoreError> ErrorOfAsync(Func<Task> call) => (await Assert.ThrowsAsync<ClusterStoreException>(call)).Error;

    [Fact]
    public async Task The_cluster_has_a_uid_that_stays()
    {
        string uid = await Store.GetClusterUidAsync(Stop);
        Assert.NotEmpty(uid);
        Assert.Equal(uid, await Store.GetClusterUidAsync(Stop));
    }

    [Fact]
    public async Task A_call_that_is_cancelled_does_nothing()
    {
        string space = await NewNamespaceAsync();
        using CancellationTokenSource cancelled = new();
        await cancelled.CancelAsync();
        BgpPeerResource peer = Samples.Peer(space, "peer");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.CreateAsync(peer, cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.ListAsync<BgpPeerResource>(space, cancelled.Token));
        Assert.Null(await Store.GetAsync<BgpPeerResource>(space, "peer", Stop));
    }

    private async Task<T> StoredAsync<T>(T resource)
        where T : Resource
    {
        T? stored = await Store.GetAsync<T>(resource.Metadata.Namespace, resource.Metadata.Name, Stop);
        Assert.NotNull(stored);
        return stored;
    }
}
