using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;
using BgpLoadBalancer.Node.Reporting;
using Microsoft.Extensions.Time.Testing;

namespace BgpLoadBalancer.Node.Tests.Reporting;

public sealed class NodeLeaseTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly ManifestClusterStore _inner = new(new() { Seed = 1 });
    private readonly FlakyStore _store;

    public NodeLeaseTests() => _store = new(_inner);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_written_at_once_and_renewed_every_period()
    {
        await using Running running = new(_time);
        await StartAsync(running);
        LeaseResource first = (await LeaseAsync())!;
        await running.AdvanceAsync(TimeSpan.FromSeconds(60));
        LeaseResource later = (await LeaseAsync())!;

        Assert.Equal(("node-1", 15, first.RenewTime), (first.Holder, first.DurationSeconds, first.AcquireTime));
        Assert.Equal(("node-1", first.AcquireTime), (later.Holder, later.AcquireTime));
        Assert.Equal(TimeSpan.FromSeconds(60), later.RenewTime - first.RenewTime);
        Assert.Equal(12, _store.Updates);
    }

    [Fact]
    public async Task A_store_that_is_away_is_said_once_and_asked_again_each_second()
    {
        await using Running running = new(_time);
        await StartAsync(running);
        _store.IsAway = true;
        await running.AdvanceAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(1, running.Count("not renewed; it is tried again each second"));
        _store.IsAway = false;

        Assert.InRange((await running.UntilAsync(() => running.Count("renewed again") == 1)).TotalSeconds, 0, 1);
        Assert.Equal(_time.GetUtcNow(), (await LeaseAsync())!.RenewTime);
    }

    [Fact]
    public async Task A_store_that_hangs_holds_it_up_no_longer_than_a_call_may_take()
    {
        await using Running running = new(_time);
        await StartAsync(running);
        _store.Hangs = true;
        await running.UntilAsync(() => running.Count("not renewed; it is tried again each second") == 1);
        _store.Hangs = false;

        Assert.InRange((await running.UntilAsync(() => running.Count("renewed again") == 1)).TotalSeconds, 0, 6.5);
    }

    [Fact]
    public async Task A_change_or_deletion_by_others_costs_no_renewal()
    {
        await using Running running = new(_time);
        await StartAsync(running);
        _store.InBetween = async () => await _inner.UpdateAsync((await LeaseAsync())! with { Holder = "somebody" }, Cancelled);
        await running.AdvanceAsync(TimeSpan.FromSeconds(5));
        Assert.Equal(("node-1", _time.GetUtcNow()), ((await LeaseAsync())!.Holder, (await LeaseAsync())!.RenewTime));
        _store.InBetween = () => _inner.DeleteAsync<LeaseResource>(LeaseNames.SystemNamespace, "bgp-node-node-1", null, Cancelled);
        await running.AdvanceAsync(TimeSpan.FromSeconds(5));

        Assert.Equal(_time.GetUtcNow(), (await LeaseAsync())!.RenewTime);
        Assert.Empty(running.Reports);
    }

    [Fact]
    public async Task A_clean_stop_gives_it_back()
    {
        await using Running running = new(_time);
        NodeLease lease = await StartAsync(running);
        await running.StopAsync();
        Assert.Equal("node-1", (await LeaseAsync())!.Holder);

        await lease.ReleaseAsync(Cancelled);
        Assert.Equal("", (await LeaseAsync())!.Holder);
    }

    [Fact]
    public async Task What_a_successor_has_renewed_is_not_given_back_under_it()
    {
        await using Running running = new(_time);
        await using Running successor = new(_time);
        NodeLease lease = await StartAsync(running);
        await running.StopAsync();
        _time.Advance(TimeSpan.FromSeconds(1));
        await StartAsync(successor);
        Assert.Equal(1, _store.Updates);

        await lease.ReleaseAsync(Cancelled);
        Assert.Equal("node-1", (await LeaseAsync())!.Holder);
        Assert.Equal(1, running.Count("another agent's by now, so not given back"));
    }

    [Fact]
    public async Task A_release_that_fails_is_said_and_no_error()
    {
        await using Running running = new(_time);
        NodeLease lease = await StartAsync(running);
        await running.StopAsync();
        _store.IsAway = true;

        await lease.ReleaseAsync(Cancelled);
        Assert.Equal("The store is away.", Assert.Single(running.Reports).Error);
    }

    private async Task<NodeLease> StartAsync(Running running)
    {
        NodeLease lease = new(_store, "node-1", TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15), running.Time, running.Reports.Enqueue);
        await running.StartAsync(lease.RunAsync);
        return lease;
    }

    private Task<LeaseResource?> LeaseAsync() => _inner.GetAsync<LeaseResource>(LeaseNames.SystemNamespace, "bgp-node-node-1", Cancelled);
}
