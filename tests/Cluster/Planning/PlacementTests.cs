using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Resources;
using CsCheck;

namespace BgpLoadBalancer.Cluster.Tests.Planning;

/// <summary>Where floating IPs are: as an agent is told, and when no node is healthy (R19, R23).</summary>
public sealed class PlacementTests
{
    private static readonly ClusterSnapshot s_cluster = Snapshots.Cluster(3, 3, 2, Snapshots.Service("web"));

    [Fact]
    public void An_agent_follows_the_status_and_nothing_else()
    {
        ClusterSnapshot snapshot = Given(
            new(Snapshots.FloatingIP(0), "node-002"),
            new(Snapshots.FloatingIP(1), null, "No node of the subnet is healthy."));
        snapshot = snapshot.WithNode(2, node => node with { Ready = false }) with { NodesWithoutLease = ["node-002"] };
        ClusterPlan elsewhere = Planner.Plan(s_cluster with { NodesWithoutLease = ["node-002"] });
        ClusterPlan plan = Planner.Plan(snapshot, elsewhere);
        Assert.Equal(["node-002", null, null], plan.FloatingIPs.Select(floating => floating.Node));
        Assert.Null(plan.FloatingIPs[0].Reason);
        Assert.Equal(
            (PlanReasonCode.FloatingIPNotPlaced, "The controller has put floating IP 10.0.1.151 on no node: No node of the subnet is healthy."),
            (plan.FloatingIPs[1].Reason!.Code, plan.FloatingIPs[1].Reason!.Message));
        Assert.Contains("has not yet said", plan.FloatingIPs[2].Reason!.Message, StringComparison.Ordinal);
        Assert.Equal([("10.0.200.1-node-002", 0), ("10.0.200.2-node-002", 0)], plan.ServiceSessions.Select(session => (session.Name, session.Rank)));
        Assert.True(plan.Services[0].Announced);
    }

    [Fact]
    public void A_status_names_a_node_that_the_agent_does_not_see_yet() =>
        Assert.Equal("node-009", Planner.Plan(Given(new FloatingIPStatus(Snapshots.FloatingIP(0), "node-009"))).FloatingIPs[0].Node);

    [Fact]
    public void An_agent_that_was_told_nothing_has_no_session()
    {
        ClusterPlan plan = Planner.Plan(Given());
        Assert.Empty(plan.ServiceSessions);
        Assert.All(plan.FloatingIPs, floating => Assert.Equal(PlanReasonCode.FloatingIPNotPlaced, floating.Reason?.Code));
        Assert.Equal(PlanReasonCode.NoFloatingIPAssigned, Assert.Single(plan.Services[0].Reasons).Code);
    }

    [Fact]
    public void What_the_controller_writes_gives_an_agent_the_same_sessions() => Scenario.Cluster.Sample(snapshot =>
    {
        ClusterPlan controller = Planner.Plan(snapshot with { PlacementIsGiven = false });
        NetworkGatewayGroupResource group = snapshot.NetworkGatewayGroup! with { Status = [.. controller.FloatingIPs.Select(floating => new FloatingIPStatus(floating.Address, floating.Node, floating.Reason?.Message))] };
        ClusterPlan agent = Planner.Plan(snapshot with { NetworkGatewayGroup = group, PlacementIsGiven = true });
        Assert.Equal(controller.ServiceSessions.Select(session => (session.Name, session.FloatingIP, session.Rank)), agent.ServiceSessions.Select(session => (session.Name, session.FloatingIP, session.Rank)));
        Assert.Equal(controller.FloatingIPs.Select(floating => floating.Node), agent.FloatingIPs.Select(floating => floating.Node));
    }, iter: 300);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void When_no_node_is_healthy_everything_stays(bool byLease)
    {
        ClusterPlan before = Planner.Plan(s_cluster);
        ClusterPlan after = Planner.Plan(Down(s_cluster, byLease), before);
        Assert.Equal(before.FloatingIPs.Select(floating => floating.Node), after.FloatingIPs.Select(floating => floating.Node));
        Assert.All(after.FloatingIPs, floating => Assert.Equal(PlanReasonCode.FloatingIPKept, floating.Reason?.Code));
        Assert.Equal(before.ServiceSessions, after.ServiceSessions);
        Assert.Equal(before.Routes.Single().NextHops, after.Routes.Single().NextHops);
        Assert.Contains(after.Reasons, reason => reason.Code == PlanReasonCode.NextHopsKept);
        Assert.Empty(PlanDifference.Between(before, after));
        ClusterPlan back = Planner.Plan(s_cluster, after);
        Assert.Equal(before.FloatingIPs, back.FloatingIPs);
    }

    [Fact]
    public void The_status_is_enough_to_stay()
    {
        ClusterSnapshot told = Down(s_cluster, byLease: true) with { NetworkGatewayGroup = s_cluster.NetworkGatewayGroup! with { Status = [new(Snapshots.FloatingIP(1), "node-001"), new(Snapshots.FloatingIP(2), "node-gone")] } };
        ClusterPlan plan = Planner.Plan(told);
        Assert.Equal([null, "node-001", null], plan.FloatingIPs.Select(floating => floating.Node));
        Assert.Equal([PlanReasonCode.NoHealthyNode, PlanReasonCode.FloatingIPKept, PlanReasonCode.NoHealthyNode], plan.FloatingIPs.Select(floating => floating.Reason!.Code));
    }

    [Fact]
    public void While_another_node_is_healthy_a_subnet_without_one_loses_its_floating_IPs()
    {
        // node-100 is in 10.0.2.0/24.
        ClusterSnapshot snapshot = s_cluster with { Nodes = s_cluster.Nodes.Add(Snapshots.Node(100)) };
        ClusterPlan after = Planner.Plan(snapshot with { NodesWithoutLease = ["node-000", "node-001", "node-002"] }, Planner.Plan(snapshot));
        Assert.All(after.FloatingIPs, floating => Assert.Equal((null, PlanReasonCode.NoHealthyNode), (floating.Node, floating.Reason?.Code)));
    }

    private static ClusterSnapshot Given(params FloatingIPStatus[] status) => s_cluster with { PlacementIsGiven = true, NetworkGatewayGroup = s_cluster.NetworkGatewayGroup! with { Status = [.. status] } };

    private static ClusterSnapshot Down(ClusterSnapshot snapshot, bool byLease) => byLease
        ? snapshot with { NodesWithoutLease = [.. snapshot.Nodes.Select(node => node.Metadata.Name)] }
        : snapshot with { Nodes = [.. snapshot.Nodes.Select(node => node with { Ready = false })] };
}
