using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;
using BgpLoadBalancer.Cluster.Tests.Planning;

namespace BgpLoadBalancer.Cluster.Tests.Control;

/// <summary>At a first start nodes say one after the other which subnets they are in; where a floating IP is put first, there it stays (R19).</summary>
public sealed class FirstPlacementTests
{
    private readonly ManifestClusterStore _store = Stores.Empty();

    [Fact]
    public async Task Floating_IPs_wait_for_their_first_node_until_all_have_spoken()
    {
        await FillAsync(Snapshots.Cluster(3, 3, 1));
        await using RunningController running = new(Stores.SelfManaged(_store));
        await SpeakAsync(0);
        FloatingIPStatus waiting = (await StatusAsync(status => status.Length == 3 && !status[0].Reason!.Contains("node-000", StringComparison.Ordinal)))[0];
        Assert.Equal(
            (null, "Floating IP 10.0.1.150 is put on no node yet, for it would stay there: the subnets of node-001, node-002 are not known yet (annotation networking.gke.io/bgp-node-addresses)."),
            (waiting.Node, waiting.Reason));
        await SpeakAsync(2);
        await SpeakAsync(1);
        FloatingIPStatus[] placed = await StatusAsync(status => status is [{ Node: not null }, ..]);
        Assert.Equal(["node-000", "node-001", "node-002"], placed.Select(status => status.Node).Order());
        Assert.Equal(running.Time.Start, running.Time.GetUtcNow());
    }

    [Fact]
    public async Task They_wait_no_longer_than_a_nodes_lease_lasts()
    {
        await FillAsync(Snapshots.Cluster(3, 3, 1));
        await using RunningController running = new(Stores.SelfManaged(_store));
        await SpeakAsync(1);
        // Whose agent never comes has no Lease either, and that is the end of waiting.
        foreach (int node in (int[])[0, 1, 2]) await Stores.PutAsync(_store, new LeaseResource { Metadata = Snapshots.Meta(LeaseNames.OfNode(Name(node)), "kube-system"), Holder = Name(node), DurationSeconds = 3600 });
        await running.AtRestAsync();
        running.Time.Advance(TimeSpan.FromSeconds(14.9));
        await running.AtRestAsync();
        Assert.All(await StatusAsync(status => status.Length == 3), status => Assert.Null(status.Node));
        running.Time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.All(await StatusAsync(status => status is [{ Node: not null }, ..]), status => Assert.Equal(Name(1), status.Node));
    }

    [Fact]
    public async Task A_node_that_is_not_ready_or_has_nothing_good_to_say_is_not_waited_for()
    {
        await FillAsync(Snapshots.Cluster(3, 2, 1));
        _ = await Stores.ChangeStatusAsync<NodeResource>(_store, "", Name(0), node => node with { Ready = false });
        _ = await Stores.ChangeAsync<NodeResource>(_store, "", Name(1), node => node with { Metadata = node.Metadata with { Annotations = node.Metadata.Annotations.SetItem(NodeResource.AddressesAnnotation, "nonsense") } });
        await SpeakAsync(2);
        await using RunningController running = new(Stores.SelfManaged(_store));
        Assert.All(await StatusAsync(status => status is [{ Node: not null }, ..]), status => Assert.Equal(Name(2), status.Node));
        Assert.Equal(running.Time.Start, running.Time.GetUtcNow());
    }

    [Fact]
    public void One_that_was_on_a_node_that_has_failed_does_not_wait()
    {
        ClusterSnapshot snapshot = Snapshots.Cluster(3, 2, 1) with { NodesAwaited = ["node-002"], NodesWithoutLease = ["node-000"] };
        snapshot = snapshot with { NetworkGatewayGroup = snapshot.NetworkGatewayGroup! with { Status = [new(Snapshots.FloatingIP(0), "node-000")] } };
        ClusterPlan plan = Planner.Plan(snapshot);
        Assert.NotNull(plan.FloatingIPs[0].Node);
        Assert.Equal((null, PlanReasonCode.NodeSubnetsUnknown), (plan.FloatingIPs[1].Node, plan.FloatingIPs[1].Reason?.Code));
    }

    private static string Name(int node) => Snapshots.Node(node).Metadata.Name;

    private async Task FillAsync(ClusterSnapshot snapshot)
    {
        await Stores.FillAsync(_store, snapshot with { Nodes = [] });
        foreach (NodeResource node in snapshot.Nodes) await Stores.PutAsync(_store, node with { InterfaceAddresses = [] });
    }

    private async Task SpeakAsync(int node) => await Stores.ChangeAsync<NodeResource>(_store, "", Name(node), old => old with { Metadata = Stores.WithAnnotation(Snapshots.Node(node)).Metadata with { ResourceVersion = old.Metadata.ResourceVersion, Uid = old.Metadata.Uid } });

    private async Task<FloatingIPStatus[]> StatusAsync(Func<FloatingIPStatus[], bool> condition) =>
        [.. (await Stores.UntilAsync<NetworkGatewayGroupResource>(_store, groups => condition([.. groups[0].Status])))[0].Status];
}
