using BgpLoadBalancer.Cluster.Control;
using BgpLoadBalancer.Cluster.Control.Observation;
using BgpLoadBalancer.Cluster.Control.Reconciling;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;
using BgpLoadBalancer.Cluster.Tests.Planning;
using Microsoft.Extensions.Time.Testing;

namespace BgpLoadBalancer.Cluster.Tests.Control;

/// <summary>What a pass wants written, and when it is tried again.</summary>
public sealed class WriteQueueTests : IDisposable
{
    private static readonly NodeResource s_node = Snapshots.Node(1);

    private readonly FakeTimeProvider _time = new();
    private readonly FaultyStore _store = new(Stores.Empty());
    private readonly WriteQueue _queue;

    public WriteQueueTests()
    {
        ObservationHub hub = new(_time, new Random(1), _ => { });
        _ = hub.Add<NodeResource>(_store, null);
        _queue = new(Stores.SelfManaged(_store), hub, new Random(1));
    }

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Of_two_writes_of_one_object_the_second_waits_for_the_next_pass()
    {
        NodeResource node = await _store.CreateAsync(s_node, Stores.Token);
        TimeSpan? again = await _queue.ExecuteAsync([Writes.UpdateStatus(node with { Ready = false }), Writes.Delete(node)], Stores.Token);
        Assert.Equal((TimeSpan.Zero, 0), (again, _queue.Failing));
        node = (await _store.GetAsync<NodeResource>("", node.Metadata.Name, Stores.Token))!;
        Assert.False(node.Ready);
        Assert.Null(await _queue.ExecuteAsync([Writes.Delete(node)], Stores.Token));
        Assert.Null(await _store.GetAsync<NodeResource>("", node.Metadata.Name, Stores.Token));
    }

    [Fact]
    public async Task A_refused_write_waits_longer_each_time_and_at_most_thirty_seconds()
    {
        _store.Refuses = _ => true;
        TimeSpan last = TimeSpan.Zero;
        for (int i = 0; i < 12; i++)
        {
            TimeSpan wait = (await _queue.ExecuteAsync([Writes.Create(s_node)], Stores.Token))!.Value;
            Assert.InRange(wait, last == TimeSpan.Zero ? TimeSpan.FromMilliseconds(180) : TimeSpan.FromSeconds(Math.Min(last.TotalSeconds * 1.4, 22)), TimeSpan.FromSeconds(30));
            _time.Advance(wait / 2);
            Assert.InRange((await _queue.ExecuteAsync([Writes.Create(s_node)], Stores.Token))!.Value, wait * 0.49, wait * 0.51);
            Assert.Equal(i + 1, _store.Asked.Count);
            _time.Advance(wait);
            last = wait;
        }
    }

    [Fact]
    public async Task What_no_pass_wants_any_more_is_forgotten()
    {
        _store.Refuses = _ => true;
        _ = await _queue.ExecuteAsync([Writes.Create(s_node)], Stores.Token);
        Assert.Equal(1, _queue.Failing);
        Assert.Null(await _queue.ExecuteAsync([], Stores.Token));
        Assert.Equal(0, _queue.Failing);
    }
}
