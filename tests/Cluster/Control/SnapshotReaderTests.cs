using BgpLoadBalancer.Cluster.Control;
using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;
using BgpLoadBalancer.Cluster.Tests.Planning;

namespace BgpLoadBalancer.Cluster.Tests.Control;

/// <summary>What one look at a store tells of the nodes' agents (R23).</summary>
public sealed class SnapshotReaderTests
{
    [Fact]
    public async Task An_agent_that_has_given_its_lease_back_is_gone_and_one_that_is_silent_is_not()
    {
        ManifestClusterStore store = Stores.Empty();
        await Stores.FillAsync(store, Snapshots.Cluster(3, 1, 1, Snapshots.Service("web")));
        string[] nodes = [.. (await store.ListAsync<NodeResource>(null, Stores.Token)).Items.Select(node => node.Metadata.Name).Order()];
        await Stores.PutAsync(store, Lease(LeaseNames.OfNode(nodes[0]), ""));
        // Long ago by its own clock, which nobody compares with another one.
        await Stores.PutAsync(store, Lease(LeaseNames.OfNode(nodes[1]), nodes[1]) with { RenewTime = DateTimeOffset.UnixEpoch });
        await Stores.PutAsync(store, Lease(LeaseNames.OfFloatingIP(Snapshots.IP("10.0.1.100")), ""));
        ClusterSnapshot? snapshot = await SnapshotReader.ReadAsync(store, "cluster-c1", Stores.Token);
        Assert.Equal([nodes[0]], snapshot!.NodesWithoutLease);
        Assert.Equal([nodes[0]], Planner.Plan(snapshot).Nodes.Where(node => !node.Healthy).Select(node => node.Name));
    }

    private static LeaseResource Lease(string name, string holder) => new() { Metadata = Snapshots.Meta(name, LeaseNames.SystemNamespace), Holder = holder, DurationSeconds = 15 };
}
