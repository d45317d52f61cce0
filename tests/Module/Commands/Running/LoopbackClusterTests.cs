using BgpLoadBalancer.Module.Tests.Engine;
using BgpLoadBalancer.PowerShell.Models;

namespace BgpLoadBalancer.Module.Tests.Commands.Running;

/// <summary>A whole cluster in one process: a controller, two agents on loopback and a router (R19, R22–R24, R38).</summary>
public sealed class LoopbackClusterTests : IDisposable
{
    private readonly Shell _shell = new();
    private readonly LoopbackCluster _cluster;

    public LoopbackClusterTests() => _cluster = new(_shell, 21);

    public void Dispose()
    {
        _cluster.Dispose();
        _shell.Dispose();
    }

    [Fact]
    public async Task A_killed_nodes_floating_IP_and_next_hops_move_and_everything_stops_in_order()
    {
        string first = _cluster.StartAll().Node;
        string other = first == "node-1" ? "node-2" : "node-1";
        await LoopbackCluster.UntilAsync(() => _cluster.NextHops() == $"{_cluster.AddressOf("node-1")} {_cluster.AddressOf("node-2")}");
        Assert.Equal(BgpControllerState.Leading, _shell.One<BgpController>("Get-BgpController").State);
        Assert.Equal(2, _shell.Run("Get-BgpNodeAgent").Count);

        _ = _shell.Run("Get-BgpFloatingIP | Stop-BgpNodeAgent -Abrupt");
        Assert.Equal([other], _shell.Run("Get-BgpNodeAgent | ForEach-Object Name"));
        await LoopbackCluster.UntilAsync(() => _cluster.NextHops() == _cluster.AddressOf(other));
        await LoopbackCluster.UntilAsync(() => _shell.One<BgpFloatingIP>("Get-BgpFloatingIP") is { State: BgpFloatingIPState.Held } floating && floating.Node == other);
        Assert.Equal(other, _shell.One<BgpSession>("Get-BgpSession").Node);

        _ = _shell.Run("Get-BgpNodeAgent | Stop-BgpNodeAgent; Get-BgpController | Stop-BgpController");
        await LoopbackCluster.UntilAsync(() => _cluster.NextHops().Length == 0);
        Assert.Empty(_shell.Run("Get-BgpNodeAgent; Get-BgpController"));
    }

    [Fact]
    public void A_reconciliation_on_request_does_what_it_said()
    {
        IReadOnlyList<object> said = _shell.Run("Get-BgpPlan");
        Assert.NotEmpty(said);
        Assert.Equal(said.Cast<BgpPlanStep>().Select(Text), _shell.Run("Invoke-BgpReconciliation").Cast<BgpPlanStep>().Select(Text));
        Assert.Empty(_shell.Run("Invoke-BgpReconciliation"));

        static string Text(BgpPlanStep step) => $"{step.Action} {step.Kind} {step.Name}";
    }
}
