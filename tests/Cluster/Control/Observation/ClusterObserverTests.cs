using BgpLoadBalancer.Cluster.Control.Observation;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;
using BgpLoadBalancer.Cluster.Tests.Planning;
using Microsoft.Extensions.Time.Testing;

namespace BgpLoadBalancer.Cluster.Tests.Control.Observation;

/// <summary>What an observer wakes its loop for.</summary>
public sealed class ClusterObserverTests
{
    [Fact]
    public async Task While_the_store_is_away_no_lease_runs_out_for_nobody_could_see_a_renewal()
    {
        FakeTimeProvider time = new();
        ManifestClusterStore store = Stores.Empty();
        await Stores.FillAsync(store, Snapshots.Cluster(2, 1, 1));
        foreach (string node in (string[])["node-000", "node-001"]) await Stores.PutAsync(store, new LeaseResource { Metadata = Snapshots.Meta(LeaseNames.OfNode(node), "kube-system"), Holder = node, DurationSeconds = 15 });
        using FaultyStore faulty = new(store);
        ClusterObserver observer = new(Stores.SelfManaged(faulty), new(), time, new Random(1), _ => { });
        using CancellationTokenSource ending = new();
        Task running = observer.RunAsync(ending.Token);
        _ = await observer.NextAsync(null, Stores.Token);
        faulty.Away = true;
        await Stores.TrueAsync(() => observer.Hub.Find<LeaseResource>(faulty)!.Problem is not null);
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Empty((await observer.NextAsync(TimeSpan.Zero, Stores.Token)).Snapshot!.NodesWithoutLease);
        await ending.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task A_node_whose_agent_has_given_its_lease_back_is_gone_at_once()
    {
        FakeTimeProvider time = new();
        ManifestClusterStore store = Stores.Empty();
        await Stores.FillAsync(store, Snapshots.Cluster(2, 1, 1));
        foreach (string node in (string[])["node-000", "node-001"]) await Stores.PutAsync(store, new LeaseResource { Metadata = Snapshots.Meta(LeaseNames.OfNode(node), "kube-system"), Holder = node, DurationSeconds = 15 });
        ClusterObserver observer = new(Stores.SelfManaged(store), new(), time, new Random(1), _ => { });
        using CancellationTokenSource ending = new();
        Task running = observer.RunAsync(ending.Token);
        Assert.Empty((await observer.NextAsync(null, Stores.Token)).Snapshot!.NodesWithoutLease);
        _ = await Stores.ChangeAsync<LeaseResource>(store, "kube-system", LeaseNames.OfNode("node-001"), lease => lease with { Holder = "" });
        ClusterObservation seen;
        do seen = await observer.NextAsync(null, Stores.Token).WaitAsync(Stores.Patience, Stores.Token);
        while (seen.Snapshot!.NodesWithoutLease.IsEmpty);
        Assert.Equal(["node-001"], seen.Snapshot.NodesWithoutLease);
        Assert.Equal(time.Start, time.GetUtcNow());
        await ending.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task A_lease_runs_out_in_time_also_when_the_loop_was_busy_meanwhile()
    {
        FakeTimeProvider time = new();
        ManifestClusterStore store = Stores.Empty();
        await Stores.FillAsync(store, Snapshots.Cluster(2, 1, 1));
        ClusterObserver observer = new(Stores.SelfManaged(store), new(), time, new Random(1), _ => { });
        using CancellationTokenSource ending = new();
        Task running = observer.RunAsync(ending.Token);
        ClusterObservation seen = await observer.NextAsync(null, Stores.Token);
        while (!seen.Changes.IsEmpty) seen = await observer.NextAsync(TimeSpan.Zero, Stores.Token);
        Assert.Empty(seen.Snapshot!.NodesWithoutLease);

        time.Advance(TimeSpan.FromSeconds(10));
        Task<ClusterObservation> next = observer.NextAsync(null, Stores.Token);
        Assert.False(next.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(2, (await next.WaitAsync(Stores.Patience, Stores.Token)).Snapshot!.NodesWithoutLease.Count);
        await ending.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }
}
