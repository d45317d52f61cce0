using System.Management.Automation;
using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Module.Tests.Engine;
using BgpLoadBalancer.PowerShell.Models;

namespace BgpLoadBalancer.Module.Tests.Commands.Planning;

/// <summary>Get-BgpPlan: what would change, before it is changed.</summary>
public sealed class PlanTests : IDisposable
{
    private readonly Shell _shell = new();
    private readonly ExampleClusters _clusters;

    public PlanTests() => _clusters = new(_shell);

    public void Dispose()
    {
        _clusters.Dispose();
        _shell.Dispose();
    }

    [Fact]
    public void A_drained_node_loses_its_floating_IP_its_sessions_and_its_next_hops()
    {
        _clusters.Connect("same-peers");
        string node = _shell.One<BgpFloatingIP>("Get-BgpFloatingIP 10.0.1.100").Node!;
        BgpPlanStep[] steps = Steps($"Get-BgpPlan -DrainNode {node}");
        BgpPlanStep moved = Assert.Single(steps, step => step.Kind == PlanStepKind.FloatingIP);
        Assert.Equal((PlanStepAction.Move, "10.0.1.100", node, $"node {node} is drained"), (moved.Action, moved.Name, moved.From, moved.Reason));
        Assert.Equal(2, steps.Count(step => step is { Kind: PlanStepKind.Session, Action: PlanStepAction.Move }));
        Assert.Equal(2, steps.Count(step => step.Kind == PlanStepKind.Route));
        Assert.All(steps, step => Assert.DoesNotContain(node, step.To ?? "", StringComparison.Ordinal));
        Assert.Equal(node, _shell.One<BgpFloatingIP>("Get-BgpFloatingIP 10.0.1.100").Node);
    }

    [Theory]
    [InlineData("same-peers", "-AddPeer 10.8.0.12", 5)]
    [InlineData("same-peers", "-AddPeer 10.8.0.12, 10.8.0.13", 10)]
    [InlineData("same-peers", "-AddPeer @{ PeerIPAddress = '10.8.0.12'; PeerASN = 65009; ControlPlaneNode = '10.0.1.10' }", 3)]
    [InlineData("same-peers", "-AddPeer ([pscustomobject]@{ PeerIPAddress = '10.8.0.12'; PeerASN = '65009'; Port = '' })", 5)]
    [InlineData("separate-planes", "-AddPeer 10.0.3.253", 2)]
    [InlineData("separate-planes", "-AddPeer @{ PeerIPAddress = '10.0.3.253'; PeerASN = 65002; Sessions = 1; Label = @{ 'cluster.baremetal.gke.io/default-peer' = 'true' } }", 1)]
    [InlineData("separate-planes", "-AddPeer @{ PeerIPAddress = '10.0.1.253'; ControlPlaneNode = '10.0.1.10', '10.0.1.11' }", 2)]
    public void A_peer_that_comes_brings_its_sessions(string example, string arguments, int sessions)
    {
        _clusters.Connect(example);
        BgpPlanStep[] steps = Steps($"Get-BgpPlan {arguments}");
        Assert.All(steps, step => Assert.Equal((PlanStepAction.Add, PlanStepKind.Session), (step.Action, step.Kind)));
        Assert.Equal(sessions, steps.Length);
    }

    [Fact]
    public void A_peer_of_another_cluster_can_be_imagined_here()
    {
        string other = _clusters.Connect("separate-planes");
        _clusters.Connect("same-peers");
        Assert.All(Steps($"Get-BgpPlan -AddPeer (Get-BgpControlPlanePeer 10.0.2.254 -Cluster {other} | ForEach-Object {{ @{{ PeerIPAddress = $_.PeerIPAddress; PeerASN = $_.PeerASN }} }})"), step => Assert.StartsWith("10.0.2.254-", step.Name, StringComparison.Ordinal));
    }

    [Fact]
    public void A_peer_that_goes_takes_its_own_sessions_only()
    {
        _clusters.Connect("separate-planes");
        BgpPlanStep[] steps = Steps("Get-BgpPlan -RemovePeer 10.0.1.254");
        Assert.All(steps, step => Assert.Equal((PlanStepAction.Remove, PlanStepKind.Session), (step.Action, step.Kind)));
        Assert.Equal(["10.0.1.254-node-01-control-plane", "10.0.1.254-node-02-control-plane"], steps.Select(step => step.Name).Order());
        // The only BGPPeer: after it, the peers of the control plane serve (R17).
        Assert.Equal(["Add 4", "Remove 2"], Steps("Get-BgpPlan -RemovePeer (Get-BgpPeer bgppeer1)").GroupBy(step => step.Action).Select(group => $"{group.Key} {group.Count()}").Order());
    }

    [Fact]
    public void Floating_IPs_come_and_go_and_everything_combines()
    {
        _clusters.Connect("same-peers");
        BgpPlanStep[] steps = Steps("Get-BgpPlan -AddFloatingIPAddress 10.0.1.102 -RemoveFloatingIPAddress 10.0.2.100 -RemovePeer 10.8.0.11 -AddPeer @{ PeerIPAddress = '10.8.0.11'; PeerASN = 65009 } -DrainNode node-03");
        Assert.Equal(["Add 10.0.1.102", "Remove 10.0.2.100"], steps.Where(step => step.Kind == PlanStepKind.FloatingIP).Select(step => $"{step.Action} {step.Name}").Order());
        Assert.Contains(steps, step => step is { Action: PlanStepAction.Change, Kind: PlanStepKind.Session } && step.To!.Contains("AS65009", StringComparison.Ordinal));
        Assert.Contains(steps, step => step.Kind == PlanStepKind.Route);
    }

    [Fact]
    public void Without_a_change_it_is_what_a_reconciliation_would_do()
    {
        string name = _clusters.Connect("same-peers");
        BgpPlanStep[] steps = Steps("Get-BgpPlan");
        Assert.All(steps, step => Assert.Equal((PlanStepAction.Add, name), (step.Action, step.Cluster)));
        Assert.Equal([(PlanStepKind.FloatingIP, 2), (PlanStepKind.Address, 2), (PlanStepKind.Session, 4), (PlanStepKind.Route, 2)], steps.GroupBy(step => step.Kind).Select(kind => (kind.Key, kind.Count())));
    }

    [Theory]
    [InlineData("-DrainNode node-1", "did you mean 'node-01'?")]
    [InlineData("-RemovePeer 10.8.0.99", "10.8.0.10")]
    [InlineData("-AddPeer 10.8.0.10", "already")]
    [InlineData("-RemoveFloatingIPAddress 10.0.1.99", "10.0.1.100, 10.0.2.100")]
    [InlineData("-AddFloatingIPAddress 10.0.1.100", "already")]
    [InlineData("-AddPeer @{ PeerIPAddress = '10.8.0.12'; ControlPlaneNode = '10.0.1.10'; Sessions = 1 }", "one of the two")]
    public void What_cannot_be_imagined_is_said(string arguments, string said)
    {
        _clusters.Connect("same-peers");
        Result result = _shell.Invoke($"Get-BgpPlan {arguments}");
        Assert.Empty(result.Output);
        ErrorRecord error = Assert.Single(result.Errors);
        Assert.StartsWith("BgpPlanNotImaginable,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(said, error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense", "'nonsense' is not an IP address")]
    [InlineData("@{ PeerASN = 65002 }", "needs a PeerIPAddress")]
    [InlineData("@{ PeerIPAddress = '10.8.0.12'; PeerASN = 'many' }", "PeerASN of a peer to add is 'many'")]
    public void What_is_no_peer_is_said(string peer, string said)
    {
        _clusters.Connect("same-peers");
        Assert.Contains(said, Assert.Single(_shell.Invoke($"Get-BgpPlan -AddPeer {peer}").Errors).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_ASN_that_cannot_be_told_is_asked_for()
    {
        string file = _clusters.Write("two.yaml", File.ReadAllText(Path.Combine(ExampleClusters.Folder("same-peers"), "cluster.yaml")).Replace("- ip: 10.8.0.11\n      asn: 65002", "- ip: 10.8.0.11\n      asn: 65003", StringComparison.Ordinal));
        _clusters.Connect(file);
        Assert.Contains("different ones (65002, 65003)", Assert.Single(_shell.Invoke("Get-BgpPlan -AddPeer 10.8.0.12").Errors).ToString(), StringComparison.Ordinal);
    }

    private BgpPlanStep[] Steps(string script) => [.. _shell.Run(script).Cast<BgpPlanStep>()];
}
