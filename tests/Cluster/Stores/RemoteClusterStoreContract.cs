using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;
using BgpLoadBalancer.StoreContract;
using BgpLoadBalancer.StoreServer;

namespace BgpLoadBalancer.Cluster.Tests.Stores;

/// <summary>The embedded store over a Unix socket does the same, and goes away and comes back when it is told to.</summary>
public sealed class RemoteClusterStoreContract : ClusterStoreContract, IAsyncDisposable
{
    private const int HistoryLength = 200;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("bgp-store-");
    private readonly ManifestClusterStore _behind = new(new() { Seed = 1, HistoryLength = HistoryLength });
    private readonly ClusterStoreServer _server;
    private int _namespaces;

    public RemoteClusterStoreContract()
    {
        string socket = Path.Combine(_folder.FullName, "socket");
        _server = new(_behind, socket);
        Store = new RemoteClusterStore(socket);
    }

    protected override IClusterStore Store { get; }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_store_that_is_away_keeps_what_it_has()
    {
        BgpPeerResource peer = await Store.CreateAsync(Samples.Peer("space", "peer"), Stop);
        await _server.PauseAsync();
        Assert.Equal(StoreError.Unavailable, await ErrorOfAsync(() => Store.GetAsync<BgpPeerResource>("space", "peer", Stop)));
        Assert.Equal(StoreError.Unavailable, await ErrorOfAsync(() => Store.UpdateAsync(peer with { HoldTime = 9 }, Stop)));
        _server.Resume();
        Assert.Equal(Description.Of(peer), Description.Of(await Store.GetAsync<BgpPeerResource>("space", "peer", Stop)));
        Assert.Equal(9, (await Store.UpdateAsync(peer with { HoldTime = 9 }, Stop)).HoldTime);
    }

    [Fact]
    public async Task A_watch_ends_when_the_store_goes_away_and_goes_on_when_it_is_back()
    {
        BgpPeerResource peer = await Store.CreateAsync(Samples.Peer("space", "peer"), Stop);
        await using (IAsyncEnumerator<ResourceChange<BgpPeerResource>> watch = Store.WatchAsync<BgpPeerResource>("space", peer.Metadata.ResourceVersion!, Stop).GetAsyncEnumerator(Stop))
        {
            Task<bool> next = watch.MoveNextAsync().AsTask();
            await _server.PauseAsync();
            Assert.Equal(StoreError.Unavailable, await ErrorOfAsync(() => next.WaitAsync(Patience, Stop)));
        }

        BgpPeerResource updated = await _behind.UpdateAsync(peer with { HoldTime = 9 }, Stop);
        _server.Resume();
        await using WatchReader<BgpPeerResource> again = new(Store, "space", peer.Metadata.ResourceVersion!, Patience, Stop);
        await again.ExpectAsync(ResourceChangeKind.Modified, updated);
    }

    [Fact]
    public async Task A_silent_store_does_what_it_was_asked_when_it_speaks_again()
    {
        BgpPeerResource peer = await Store.CreateAsync(Samples.Peer("space", "peer"), Stop);
        await using WatchReader<BgpPeerResource> watch = new(Store, "space", peer.Metadata.ResourceVersion!, Patience, Stop);
        _server.Silence();
        using (CancellationTokenSource left = CancellationTokenSource.CreateLinkedTokenSource(Stop))
        {
            Task<string> givenUp = Store.GetClusterUidAsync(left.Token);
            await left.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => givenUp);
        }

        Task<BgpPeerResource> waiting = Store.UpdateAsync(peer with { HoldTime = 9 }, Stop);
        Assert.False(waiting.IsCompleted);
        Assert.Equal(Description.Of(peer), Description.Of(await _behind.GetAsync<BgpPeerResource>("space", "peer", Stop)));
        _server.Resume();
        BgpPeerResource updated = await waiting.WaitAsync(Patience, Stop);
        Assert.Equal(9, updated.HoldTime);
        await watch.ExpectAsync(ResourceChangeKind.Modified, updated);
    }

    [Fact]
    public async Task A_list_that_was_never_made_comes_over_as_an_empty_one()
    {
        BgpPeerResource created = await Store.CreateAsync(Samples.Peer("space", "peer") with { Communities = default }, Stop);
        Assert.Empty(created.Communities);
    }

    protected override Task<string> NewNamespaceAsync() => Task.FromResult($"space-{++_namespaces}");

    protected override async Task ForgetChangesAfterAsync(string version)
    {
        BgpPeerResource peer = await _behind.CreateAsync(Samples.Peer("elsewhere", "peer"), Stop);
        for (int i = 0; i < HistoryLength; i++) peer = await _behind.UpdateAsync(peer with { Prepend = i % 2 }, Stop);
    }
}
