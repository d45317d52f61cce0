using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;

namespace BgpLoadBalancer.StoreContract;

/// <content>What is watched: everything after a version, once, in its order.</content>
public abstract partial class ClusterStoreContract
{
    [Fact]
    public async Task A_watch_sees_every_change_once_and_in_its_order()
    {
        string space = await NewNamespaceAsync();
        string version = (await Store.ListAsync<BgpPeerResource>(space, Stop)).ResourceVersion;
        await using WatchReader<BgpPeerResource> early = new(Store, space, version, Patience, Stop);
        (List<ResourceChange<BgpPeerResource>> made, string deletion) = await LifeAsync(space, early);
        // One that starts later sees the same.
        await using WatchReader<BgpPeerResource> late = new(Store, space, version, Patience, Stop);
        foreach (ResourceChange<BgpPeerResource> change in made) await late.ExpectAsync(change.Kind, change.Resource);
        Assert.Equal(deletion, (await late.NextAsync()).Resource.Metadata.ResourceVersion);
    }

    [Fact]
    public async Task A_watch_goes_on_after_the_version_of_any_change()
    {
        string space = await NewNamespaceAsync();
        string version = (await Store.ListAsync<BgpPeerResource>(space, Stop)).ResourceVersion;
        await using WatchReader<BgpPeerResource> early = new(Store, space, version, Patience, Stop);
        (List<ResourceChange<BgpPeerResource>> made, string deletion) = await LifeAsync(space, early);
        BgpPeerResource last = await Store.CreateAsync(Samples.Peer(space, "last"), Stop);
        for (int i = 0; i < made.Count; i++)
        {
            await using WatchReader<BgpPeerResource> watch = new(Store, space, made[i].Resource.Metadata.ResourceVersion!, Patience, Stop);
            foreach (ResourceChange<BgpPeerResource> change in made.Skip(i + 1)) await watch.ExpectAsync(change.Kind, change.Resource);
            Assert.Equal(ResourceChangeKind.Deleted, (await watch.NextAsync()).Kind);
            await watch.ExpectAsync(ResourceChangeKind.Added, last);
        }

        await using WatchReader<BgpPeerResource> after = new(Store, space, deletion, Patience, Stop);
        await after.ExpectAsync(ResourceChangeKind.Added, last);
    }

    [Fact]
    public async Task What_a_list_shows_is_not_watched_again()
    {
        string space = await NewNamespaceAsync();
        await Store.CreateAsync(Samples.Peer(space, "one"), Stop);
        ResourceList<BgpPeerResource> list = await Store.ListAsync<BgpPeerResource>(space, Stop);
        Assert.Single(list.Items);
        await using WatchReader<BgpPeerResource> watch = new(Store, space, list.ResourceVersion, Patience, Stop);
        await watch.ExpectAsync(ResourceChangeKind.Added, await Store.CreateAsync(Samples.Peer(space, "two"), Stop));
    }

    [Fact]
    public async Task A_watch_of_a_namespace_sees_no_other_and_one_of_all_sees_both()
    {
        (string space, string other) = (await NewNamespaceAsync(), await NewNamespaceAsync());
        string version = (await Store.ListAsync<BgpPeerResource>(null, Stop)).ResourceVersion;
        await using WatchReader<BgpPeerResource> ofOne = new(Store, space, version, Patience, Stop);
        await using WatchReader<BgpPeerResource> ofAll = new(Store, null, version, Patience, Stop);
        BgpPeerResource elsewhere = await Store.CreateAsync(Samples.Peer(other, "elsewhere"), Stop);
        BgpPeerResource here = await Store.CreateAsync(Samples.Peer(space, "here"), Stop);
        await ofOne.ExpectAsync(ResourceChangeKind.Added, here);
        Func<BgpPeerResource, bool> ours = peer => peer.Metadata.Namespace == space || peer.Metadata.Namespace == other;
        await ofAll.ExpectAsync(ResourceChangeKind.Added, elsewhere, ours);
        await ofAll.ExpectAsync(ResourceChangeKind.Added, here, ours);
    }

    [Fact]
    public async Task A_watch_of_a_kind_sees_no_other_kind()
    {
        string space = await NewNamespaceAsync();
        string version = (await Store.ListAsync<LeaseResource>(space, Stop)).ResourceVersion;
        await using WatchReader<LeaseResource> watch = new(Store, space, version, Patience, Stop);
        await Store.CreateAsync(Samples.Peer(space, "one"), Stop);
        await watch.ExpectAsync(ResourceChangeKind.Added, await Store.CreateAsync(Samples.Lease(space, "one", "node-01"), Stop));
    }

    [Fact]
    public async Task Many_watch_at_once_and_one_that_leaves_disturbs_no_other()
    {
        string space = await NewNamespaceAsync();
        string version = (await Store.ListAsync<BgpPeerResource>(space, Stop)).ResourceVersion;
        WatchReader<BgpPeerResource>[] watches = [.. Enumerable.Range(0, 8).Select(_ => new WatchReader<BgpPeerResource>(Store, space, version, Patience, Stop))];
        BgpPeerResource first = await Store.CreateAsync(Samples.Peer(space, "first"), Stop);
        foreach (WatchReader<BgpPeerResource> watch in watches) await watch.ExpectAsync(ResourceChangeKind.Added, first);
        await watches[0].DisposeAsync();
        BgpPeerResource second = await Store.CreateAsync(Samples.Peer(space, "second"), Stop);
        foreach (WatchReader<BgpPeerResource> watch in watches[1..])
        {
            await watch.ExpectAsync(ResourceChangeKind.Added, second);
            await watch.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_watch_that_is_cancelled_ends()
    {
        string space = await NewNamespaceAsync();
        string version = (await Store.ListAsync<BgpPeerResource>(space, Stop)).ResourceVersion;
        using CancellationTokenSource cancelled = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        await using IAsyncEnumerator<ResourceChange<BgpPeerResource>> watch = Store.WatchAsync<BgpPeerResource>(space, version, cancelled.Token).GetAsyncEnumerator(Stop);
        await Store.CreateAsync(Samples.Peer(space, "peer"), Stop);
        Assert.True(await watch.MoveNextAsync().AsTask().WaitAsync(Patience, Stop));
        Task<bool> next = watch.MoveNextAsync().AsTask();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next.WaitAsync(Patience, Stop));
    }

    [Fact]
    public async Task A_version_that_is_forgotten_cannot_be_watched_from()
    {
        string space = await NewNamespaceAsync();
        BgpPeerResource peer = await Store.CreateAsync(Samples.Peer(space, "peer"), Stop);
        await Store.UpdateAsync(peer with { HoldTime = 9 }, Stop);
        await ForgetChangesAfterAsync(peer.Metadata.ResourceVersion!);
        Assert.Equal(StoreError.Expired, await ErrorOfAsync(async () =>
        {
            using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
            patience.CancelAfter(Patience);
            await foreach (ResourceChange<BgpPeerResource> change in Store.WatchAsync<BgpPeerResource>(space, peer.Metadata.ResourceVersion!, patience.Token))
            {
                Assert.Fail($"{change.Kind} came, which was forgotten.");
            }
        }));
        // From a new list all is well again.
        ResourceList<BgpPeerResource> list = await Store.ListAsync<BgpPeerResource>(space, Stop);
        await using WatchReader<BgpPeerResource> watch = new(Store, space, list.ResourceVersion, Patience, Stop);
        await watch.ExpectAsync(ResourceChangeKind.Added, await Store.CreateAsync(Samples.Peer(space, "new"), Stop));
    }

    /// <summary>An object is made, changed twice and deleted.</summary>
    /// <returns>The changes before the deletion, and the version of that.</returns>
    private async Task<(List<ResourceChange<BgpPeerResource>> Changes, string Deletion)> LifeAsync(string space, WatchReader<BgpPeerResource> watch)
    {
        BgpPeerResource created = await Store.CreateAsync(Samples.Peer(space, "peer"), Stop);
        BgpPeerResource updated = await Store.UpdateAsync(created with { HoldTime = 9 }, Stop);
        BgpPeerResource again = await Store.UpdateAsync(updated with { HoldTime = null }, Stop);
        Assert.True(await Store.DeleteAsync<BgpPeerResource>(space, "peer", null, Stop));
        List<ResourceChange<BgpPeerResource>> changes =
        [
            new(ResourceChangeKind.Added, created),
            new(ResourceChangeKind.Modified, updated),
            new(ResourceChangeKind.Modified, again),
        ];
        foreach (ResourceChange<BgpPeerResource> change in changes) await watch.ExpectAsync(change.Kind, change.Resource);
        ResourceChange<BgpPeerResource> deletion = await watch.NextAsync();
        Assert.Equal(ResourceChangeKind.Deleted, deletion.Kind);
        Assert.Equal(Description.OfContent(again), Description.OfContent(deletion.Resource));
        Assert.NotEqual(again.Metadata.ResourceVersion, deletion.Resource.Metadata.ResourceVersion);
        return (changes, deletion.Resource.Metadata.ResourceVersion!);
    }
}
