using BgpLoadBalancer.Cluster.Control;
using BgpLoadBalancer.Cluster.Control.Observation;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;
using BgpLoadBalancer.Cluster.Tests.Planning;
using Microsoft.Extensions.Time.Testing;

namespace BgpLoadBalancer.Cluster.Tests.Control.Observation;

/// <summary>What a loop has written itself counts as seen, whenever the watch shows it.</summary>
public sealed class ResourceCacheTests
{
    private static readonly ResourceKey s_key = new("kube-system", "a");
    private readonly ObservationHub _hub = new(new FakeTimeProvider(), new Random(1), _ => { });
    private readonly ResourceCache<LeaseResource> _cache;

    public ResourceCacheTests()
    {
        _cache = _hub.Add<LeaseResource>(Stores.Empty(), null);
        _cache.Replace([Lease("1", "first")]);
    }

    private string? Holder => _cache.Find(s_key)?.Holder;

    [Fact]
    public async Task A_write_is_seen_before_the_watch_shows_it()
    {
        await _cache.WriteAsync(s_key, () => Written("2", "second"));
        Assert.Equal("second", Holder);
        // What was on its way before.
        Modified("1b", "between");
        Assert.Equal("second", Holder);
        Modified("2", "second");
        Modified("3", "third");
        Assert.Equal("third", Holder);
        Assert.Single(_cache.All);
    }

    [Fact]
    public async Task A_watch_that_is_quicker_than_the_answer_is_not_overruled_by_it()
    {
        await _cache.WriteAsync(s_key, () =>
        {
            Modified("2", "second");
            Modified("3", "third");
            return Written("2", "second");
        });
        Assert.Equal("third", Holder);
    }

    [Fact]
    public async Task What_was_deleted_is_gone_until_somebody_makes_it_again()
    {
        await _cache.WriteAsync(s_key, () => Task.FromResult<LeaseResource?>(null));
        Assert.Null(_cache.Find(s_key));
        Assert.Empty(_cache.All);
        _cache.Change(new(ResourceChangeKind.Deleted, Lease("2", "first")));
        _cache.Change(new(ResourceChangeKind.Added, Lease("3", "again")));
        Assert.Equal("again", Holder);
    }

    [Fact]
    public async Task A_deletion_that_the_watch_showed_first_does_not_hide_what_came_after_it()
    {
        await _cache.WriteAsync(s_key, () =>
        {
            _cache.Change(new(ResourceChangeKind.Deleted, Lease("2", "first")));
            _cache.Change(new(ResourceChangeKind.Added, Lease("3", "again")));
            return Task.FromResult<LeaseResource?>(null);
        });
        Assert.Equal("again", Holder);
    }

    [Fact]
    public async Task A_write_that_changed_nothing_leaves_nothing_behind()
    {
        await _cache.WriteAsync(s_key, () => Written("1", "first"));
        Modified("2", "second");
        Assert.Equal("second", Holder);
    }

    [Fact]
    public async Task A_write_that_failed_leaves_nothing_behind()
    {
        await Assert.ThrowsAsync<ClusterStoreException>(() => _cache.WriteAsync(s_key, () => throw new ClusterStoreException(StoreError.Conflict, "Somebody was quicker.")));
        Modified("2", "second");
        Assert.Equal("second", Holder);
    }

    [Fact]
    public async Task A_new_list_is_the_truth()
    {
        await _cache.WriteAsync(s_key, () => Written("2", "second"));
        _cache.Interrupt(new ClusterStoreException(StoreError.Unavailable, "The store is away."));
        _cache.Replace([Lease("9", "ninth")]);
        Assert.Equal("ninth", Holder);
    }

    [Fact]
    public async Task A_list_that_came_during_a_write_is_not_overruled_by_it()
    {
        await _cache.WriteAsync(s_key, () =>
        {
            // Ours is in it, and what somebody else made of it.
            _cache.Replace([Lease("3", "third")]);
            return Written("2", "second");
        });
        Assert.Equal("third", Holder);
        Modified("4", "fourth");
        Assert.Equal("fourth", Holder);
    }

    [Fact]
    public async Task What_a_list_shows_is_not_hidden_by_a_deletion_that_it_came_during()
    {
        await _cache.WriteAsync(s_key, () =>
        {
            _cache.Replace([Lease("3", "again")]);
            return Task.FromResult<LeaseResource?>(null);
        });
        Assert.Equal("again", Holder);
    }

    private static LeaseResource Lease(string version, string holder) => new() { Metadata = Snapshots.Meta("a", "kube-system") with { ResourceVersion = version }, Holder = holder };

    private static Task<LeaseResource?> Written(string version, string holder) => Task.FromResult<LeaseResource?>(Lease(version, holder));

    private void Modified(string version, string holder) => _cache.Change(new(ResourceChangeKind.Modified, Lease(version, holder)));
}
