using System.Net;
using BgpLoadBalancer.Interop.Tests.Lab;

namespace BgpLoadBalancer.Interop.Tests.Clusters;

/// <summary>Agents are killed, stopped and restarted, on nodes that go on forwarding (R19, R24): not one request may fail.</summary>
public sealed class AgentFailureTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private static readonly IPAddress FloatingIP = ClusterResources.FloatingIPs[0];

    [Fact]
    public async Task A_killed_agents_address_goes_by_itself_before_another_node_has_it()
    {
        await using ClusterLab lab = await ClusterLab.CreateAsync(ClusterTimings.Quick);
        int holder = lab.HolderOf(FloatingIP);
        DateTime killed = DateTime.UtcNow;
        lab.Agents[holder].Kill();
        await lab.HeldAsync(FloatingIP, node => node != holder, Limit);
        AddressEvent gone = lab.Addresses.Of(FloatingIP).Last(happened => happened.Node == holder);
        Assert.False(gone.Came);
        // The kernel is up to a second late.
        Assert.InRange(gone.Time - killed, TimeSpan.Zero, TimeSpan.FromSeconds(ClusterTimings.Quick.Drop + 1.5));
        await lab.EstablishedAsync(Limit);
        await lab.AssertNothingFailedAsync(output, "agent killed", sameNextHops: false);
        lab.Addresses.AssertNeverTwo(FloatingIP);

        lab.Agents[holder].Start();
        await lab.RoutedAsync(Enumerable.Range(0, ClusterLab.NodeCount), Limit);
        await lab.AssertNothingFailedAsync(output, "agent started again", sameNextHops: false);
    }

    [Fact]
    public async Task A_stopped_agents_address_goes_by_itself_and_does_not_come_back_when_it_goes_on()
    {
        await using ClusterLab lab = await ClusterLab.CreateAsync(ClusterTimings.Quick);
        int holder = lab.HolderOf(FloatingIP);
        lab.Agents[holder].Process.Signal(SystemCalls.SigStop);
        await lab.HeldAsync(FloatingIP, node => node != holder, Limit);
        int heir = lab.HolderOf(FloatingIP);
        await lab.EstablishedAsync(Limit);
        lab.Agents[holder].Process.Signal(SystemCalls.SigCont);
        await lab.RoutedAsync(Enumerable.Range(0, ClusterLab.NodeCount), Limit);
        await lab.EstablishedAsync(Limit);
        Assert.Equal(heir, lab.HolderOf(FloatingIP));
        await lab.AssertNothingFailedAsync(output, "agent stopped and resumed", sameNextHops: false);
        lab.Addresses.AssertNeverTwo(FloatingIP);
    }

    [Fact]
    public async Task A_planned_restart_loses_nothing()
    {
        await using ClusterLab lab = await ClusterLab.CreateAsync(ClusterTimings.Defaults);
        int holder = lab.HolderOf(FloatingIP);
        await lab.Agents[holder].RestartAsync();
        await Eventually.BecomesAsync(
            "the successor's sessions are Established",
            lab.SessionsAsync,
            sessions => sessions.Where(session => session.NodeName == ClusterResources.NodeName(holder)).All(session => session.Status is { State: "Established" }),
            Limit,
            lab.Log);
        await lab.EstablishedAsync(Limit);
        await lab.RoutedAsync(Enumerable.Range(0, ClusterLab.NodeCount), Limit);
        Assert.All(lab.Addresses.Of(FloatingIP), happened => Assert.True(happened.Came && happened.Node == holder));
        await lab.AssertNothingFailedAsync(output, "agent restarted as planned", sameNextHops: true);
    }
}
