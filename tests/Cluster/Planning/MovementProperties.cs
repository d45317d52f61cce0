using System.Collections.Immutable;
using System.Net;
using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Resources;
using CsCheck;

namespace BgpLoadBalancer.Cluster.Tests.Planning;

/// <summary>A change moves no more than the bounds that <see cref="Planner"/> states.</summary>
public sealed class MovementProperties
{
    private static readonly Gen<(ClusterSnapshot Snapshot, int Pick)> s_cluster = Gen.Select(Gen.Int[2, 9], Gen.Int[1, 8], Gen.Int[1, 4], Gen.Int[1, 20], Gen.Int[0, 1_000]).Select(
        (nodes, floating, peers, services, pick) => (Snapshots.Cluster(nodes, floating, peers, Snapshots.Services(services)), pick));

    [Theory]
    [InlineData("removed")]
    [InlineData("not ready")]
    [InlineData("excluded")]
    [InlineData("without lease")]
    public void A_node_that_leaves_takes_only_its_own_with_it(string how) => s_cluster.Sample((snapshot, pick) =>
    {
        int index = pick % snapshot.Nodes.Length;
        string name = snapshot.Nodes[index].Metadata.Name;
        ClusterPlan before = Planner.Plan(snapshot);
        ClusterPlan after = Planner.Plan(Leave(snapshot, index, how), before);
        AssertOrderStays(before, after, name);
        foreach ((PlannedFloatingIP old, PlannedFloatingIP now) in before.FloatingIPs.Zip(after.FloatingIPs))
        {
            if (old.Node != name || how == "excluded") Assert.Equal(old.Node, now.Node);
            else Assert.NotEqual(name, now.Node);
        }

        Assert.All(PlanDifference.Between(before, after), step => Assert.True(step.Action is PlanStepAction.Move or PlanStepAction.Change));
        Assert.All(PlanDifference.Between(before, after).Where(step => step.Action == PlanStepAction.Move), step => Assert.Equal(name, step.From));
    }, iter: 300);

    [Fact]
    public void A_node_that_comes_takes_only_what_is_its_own() => s_cluster.Sample((snapshot, pick) =>
    {
        int index = pick % snapshot.Nodes.Length;
        string name = snapshot.Nodes[index].Metadata.Name;
        ClusterPlan before = Planner.Plan(Leave(snapshot, index, "removed"));
        ClusterPlan after = Planner.Plan(snapshot, before);
        AssertOrderStays(before, after, name);
        Assert.Equal(before.FloatingIPs, after.FloatingIPs);
        Assert.All(PlanDifference.Between(before, after).Where(step => step.Action == PlanStepAction.Move), step => Assert.Equal(name, step.To));
    }, iter: 300);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_floating_IP_that_comes_or_goes_moves_no_other(bool comes) => s_cluster.Sample((snapshot, pick) =>
    {
        ImmutableArray<IPAddress> all = snapshot.NetworkGatewayGroup!.FloatingIPs;
        IPAddress one = all[pick % all.Length];
        ClusterSnapshot without = snapshot.WithFloatingIPs(all.Remove(one));
        ClusterPlan before = Planner.Plan(comes ? without : snapshot);
        ClusterPlan after = Planner.Plan(comes ? snapshot : without, before);
        ClusterPlan more = comes ? after : before;
        ClusterPlan less = comes ? before : after;
        Assert.Equal(less.FloatingIPs, more.FloatingIPs.Where(floating => !floating.Address.Equals(one)));
        foreach (PlannedPeer peer in snapshot.BgpPeers.Select(peer => more.Peers.Single(planned => planned.Name == peer.Metadata.Name)))
        {
            IPAddress[] with = [.. Sessions(more, peer.Name)];
            IPAddress[] fewer = [.. Sessions(less, peer.Name)];
            Assert.True(with.Except(fewer).All(one.Equals));
            Assert.InRange(fewer.Except(with).Count(), 0, 1);
        }
    }, iter: 300);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_peer_that_comes_or_goes_has_only_its_own_sessions(bool comes) => s_cluster.Sample((snapshot, _) =>
    {
        ClusterSnapshot with = snapshot with { BgpPeers = snapshot.BgpPeers.Add(Snapshots.Peer(9)) };
        ClusterPlan before = Planner.Plan(comes ? snapshot : with);
        ClusterPlan after = Planner.Plan(comes ? with : snapshot, before);
        ImmutableArray<PlanStep> steps = PlanDifference.Between(before, after);
        Assert.Equal(Math.Min(2, snapshot.NetworkGatewayGroup!.FloatingIPs.Length), steps.Length);
        Assert.All(steps, step => Assert.Equal((comes ? PlanStepAction.Add : PlanStepAction.Remove, PlanStepKind.Session), (step.Action, step.Kind)));
        Assert.All(steps, step => Assert.StartsWith(Snapshots.Peer(9).PeerIP + "-", step.Name, StringComparison.Ordinal));
    }, iter: 300);

    [Fact]
    public void A_pool_that_comes_serves_only_those_that_wait() => Gen.Int[1, 20].Sample(count =>
    {
        ClusterSnapshot small = Snapshots.Cluster(3, 2, 2, Snapshots.Services(count)).With(spec => spec with { AddressPools = [Snapshots.Pool("pool1", "10.100.0.1-10.100.0.8")] });
        ClusterPlan before = Planner.Plan(small);
        ClusterPlan after = Planner.Plan(small.With(spec => spec with { AddressPools = spec.AddressPools.Insert(0, Snapshots.Pool("pool0", "10.99.0.0/24")) }), before);
        int waiting = Math.Max(0, count - 8);
        Assert.Equal(waiting, before.Services.Count(service => service.Reasons.Any(reason => reason.Code == PlanReasonCode.PoolExhausted)));
        ImmutableArray<PlanStep> steps = PlanDifference.Between(before, after);
        Assert.Equal(2 * waiting, steps.Length);
        Assert.All(steps, step => Assert.Equal(PlanStepAction.Add, step.Action));
    }, iter: 40);

    [Fact]
    public void Floating_IPs_of_one_subnet_are_spread_evenly() => s_cluster.Sample((snapshot, _) =>
    {
        ClusterPlan plan = Planner.Plan(snapshot);
        int[] load = [.. plan.Nodes.Select(node => plan.FloatingIPs.Count(floating => floating.Node == node.Name))];
        Assert.InRange(load.Max() - load.Min(), 0, 1);
    }, iter: 300);

    private static IEnumerable<IPAddress> Sessions(ClusterPlan plan, string peer) => plan.ServiceSessions.Where(session => session.Peer.Name == peer).Select(session => session.FloatingIP);

    private static void AssertOrderStays(ClusterPlan before, ClusterPlan after, string node)
    {
        foreach ((PlannedRoute old, PlannedRoute now) in before.Routes.Zip(after.Routes, (old, now) => (old, now)))
        {
            Assert.Equal(old.Prefix, now.Prefix);
            Assert.Equal(old.NextHops.Where(hop => hop.Node != node), now.NextHops.Where(hop => hop.Node != node));
        }
    }

    private static ClusterSnapshot Leave(ClusterSnapshot snapshot, int index, string how) => how switch
    {
        "removed" => (snapshot with { Nodes = snapshot.Nodes.RemoveAt(index) }).With(spec => spec with { NodePool = spec.NodePool!.Value.RemoveAt(index) }),
        "not ready" => snapshot.WithNode(index, node => node with { Ready = false }),
        "excluded" => snapshot.WithNode(index, node => node with { Metadata = node.Metadata with { Labels = node.Metadata.Labels.Add(NodeResource.ExcludeLabel, "") } }),
        _ => snapshot with { NodesWithoutLease = [snapshot.Nodes[index].Metadata.Name] },
    };
}
