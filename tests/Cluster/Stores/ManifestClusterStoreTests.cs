using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;
using BgpLoadBalancer.StoreContract;

namespace BgpLoadBalancer.Cluster.Tests.Stores;

/// <summary>What is the embedded store's own, beyond the contract.</summary>
public sealed class ManifestClusterStoreTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_seed_gives_the_same_uids_and_another_seed_others()
    {
        string[] first = await UidsAsync(new() { Seed = 1 });
        Assert.Equal(first, await UidsAsync(new() { Seed = 1 }));
        Assert.Empty(first.Intersect(await UidsAsync(new() { Seed = 2 })));
        Assert.Equal(3, first.Distinct().Count());
    }

    [Fact]
    public async Task The_uid_of_the_cluster_can_be_given() =>
        Assert.Equal("admin", await new ManifestClusterStore(new() { Seed = 1, ClusterUid = "admin" }).GetClusterUidAsync(Stop));

    [Fact]
    public void A_history_of_nothing_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new ManifestClusterStore(new() { Seed = 1, HistoryLength = 0 }));

    [Theory]
    [InlineData(16)]
    [InlineData(1)]
    public async Task Exactly_the_changes_within_the_history_can_be_watched(int length)
    {
        ManifestClusterStore store = new(new() { Seed = 1, HistoryLength = length });
        BgpPeerResource peer = await store.CreateAsync(Samples.Peer("space", "peer"), Stop);
        List<string> versions = [peer.Metadata.ResourceVersion!];
        for (int i = 0; i < length; i++)
        {
            peer = await store.UpdateAsync(peer with { HoldTime = 10 + i }, Stop);
            versions.Add(peer.Metadata.ResourceVersion!);
        }

        // The creation is forgotten by now, and so is what was before it.
        Assert.Equal(versions[1], await FirstAsync(store, versions[0]));
        Assert.Equal(StoreError.Expired, (await Assert.ThrowsAsync<ClusterStoreException>(() => FirstAsync(store, "1"))).Error);
        await store.UpdateAsync(peer with { HoldTime = 9 }, Stop);
        Assert.Equal(StoreError.Expired, (await Assert.ThrowsAsync<ClusterStoreException>(() => FirstAsync(store, versions[0]))).Error);
    }

    [Fact]
    public async Task Changes_of_one_kind_do_not_push_out_another()
    {
        ManifestClusterStore store = new(new() { Seed = 1, HistoryLength = 4 });
        string version = (await store.ListAsync<BgpPeerResource>(null, Stop)).ResourceVersion;
        BgpPeerResource peer = await store.CreateAsync(Samples.Peer("space", "peer"), Stop);
        for (int i = 0; i < 10; i++) await store.CreateAsync(Samples.Lease("space", $"lease-{i}", "node-01"), Stop);
        Assert.Equal(peer.Metadata.ResourceVersion, await FirstAsync(store, version));
    }

    [Fact]
    public async Task A_watcher_that_is_too_slow_is_told()
    {
        ManifestClusterStore store = new(new() { Seed = 1, HistoryLength = 4 });
        string version = (await store.ListAsync<LeaseResource>(null, Stop)).ResourceVersion;
        await store.CreateAsync(Samples.Lease("space", "first", "node-01"), Stop);
        await using IAsyncEnumerator<ResourceChange<LeaseResource>> watch = store.WatchAsync<LeaseResource>(null, version, Stop).GetAsyncEnumerator(Stop);
        Assert.True(await watch.MoveNextAsync());
        for (int i = 0; i < 5; i++) await store.CreateAsync(Samples.Lease("space", $"lease-{i}", "node-01"), Stop);
        Assert.Equal(StoreError.Expired, (await Assert.ThrowsAsync<ClusterStoreException>(async () => await watch.MoveNextAsync())).Error);
    }

    [Theory]
    [InlineData("", StoreError.Invalid)]
    [InlineData("x", StoreError.Invalid)]
    [InlineData("-1", StoreError.Invalid)]
    [InlineData("999", StoreError.Expired)]
    public async Task A_version_that_this_store_never_gave_cannot_be_watched_from(string version, StoreError error)
    {
        ManifestClusterStore store = new(new() { Seed = 1 });
        Assert.Equal(error, (await Assert.ThrowsAsync<ClusterStoreException>(() => FirstAsync(store, version))).Error);
    }

    [Fact]
    public async Task Names_namespaces_and_missing_statuses_are_refused_in_words()
    {
        ManifestClusterStore store = new(new() { Seed = 1 });
        NodeResource node = Samples.Node("a", second: false);
        await RefusedAsync("a Node has none", () => store.CreateAsync(node with { Metadata = node.Metadata with { Namespace = "space" } }, Stop));
        await RefusedAsync("needs a namespace", () => store.CreateAsync(Samples.Peer("", "peer"), Stop));
        LeaseResource lease = await store.CreateAsync(Samples.Lease("space", "lease", null), Stop);
        await RefusedAsync("A Lease has no status", () => store.UpdateStatusAsync(lease, Stop));
        await Assert.ThrowsAsync<ArgumentException>(() => store.ListAsync<Resource>(null, Stop));
    }

    private static async Task RefusedAsync(string words, Func<Task> call)
    {
        ClusterStoreException refusal = await Assert.ThrowsAsync<ClusterStoreException>(call);
        Assert.Equal(StoreError.Invalid, refusal.Error);
        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
    }

    private static async Task<string> FirstAsync(ManifestClusterStore store, string afterVersion)
    {
        await foreach (ResourceChange<BgpPeerResource> change in store.WatchAsync<BgpPeerResource>(null, afterVersion, Stop)) return change.Resource.Metadata.ResourceVersion!;
        throw new InvalidOperationException("The watch ended.");
    }

    private static async Task<string[]> UidsAsync(ManifestStoreOptions options)
    {
        ManifestClusterStore store = new(options);
        return
        [
            await store.GetClusterUidAsync(Stop),
            (await store.CreateAsync(Samples.Peer("space", "one"), Stop)).Metadata.Uid!,
            (await store.CreateAsync(Samples.Peer("space", "two"), Stop)).Metadata.Uid!,
        ];
    }
}
