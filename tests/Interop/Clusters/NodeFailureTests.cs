using System.Net;

namespace BgpLoadBalancer.Interop.Tests.Clusters;

/// <summary>Nodes die while clients go on (R19, R23, R24).</summary>
public sealed class NodeFailureTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_load_balancer_node_without_a_floating_IP_dies()
    {
        await using ClusterLab lab = await ClusterLab.CreateAsync(ClusterTimings.Quick);
        int[] holders = [.. ClusterResources.FloatingIPs.Select(lab.HolderOf)];
        int other = Enumerable.Range(0, ClusterLab.NodeCount).Except(holders).First();
        await lab.DieAsync(other);
        await lab.RoutedAsync(Enumerable.Range(0, ClusterLab.NodeCount).Where(node => node != other), Limit);
        foreach (TrafficSummary summary in await lab.TakeTrafficAsync()) output.WriteLine($"load-balancer node dies: {summary}");
        await lab.AssertQuietAsync();
        Assert.Equal(holders, ClusterResources.FloatingIPs.Select(lab.HolderOf));
        Assert.All(await lab.SessionsAsync(), session => Assert.Equal(0, session.Status!.Flaps));
    }

    [Fact]
    public async Task The_holder_of_a_floating_IP_dies()
    {
        await using ClusterLab lab = await ClusterLab.CreateAsync(ClusterTimings.Quick);
        IPAddress floatingIP = ClusterResources.FloatingIPs[0];
        int holder = lab.HolderOf(floatingIP);
        await lab.DieAsync(holder);
        await lab.HeldAsync(floatingIP, node => node != holder, Limit);
        await lab.RoutedAsync(Enumerable.Range(0, ClusterLab.NodeCount).Where(node => node != holder), Limit);
        foreach (TrafficSummary summary in await lab.TakeTrafficAsync()) output.WriteLine($"holder of a floating IP dies: {summary}");
        await lab.EstablishedAsync(Limit);
        await lab.AssertQuietAsync();
    }
}
