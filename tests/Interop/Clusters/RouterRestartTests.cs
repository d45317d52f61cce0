namespace BgpLoadBalancer.Interop.Tests.Clusters;

/// <summary>A router is restarted: its own clients wait for it, the other router's do not notice.</summary>
public sealed class RouterRestartTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Sessions_and_routes_come_back(int router)
    {
        await using ClusterLab lab = await ClusterLab.CreateAsync(ClusterTimings.Defaults);
        await lab.Routers[router].RestartAsync();
        await lab.EstablishedAsync(Limit);
        await lab.RoutedAsync(Enumerable.Range(0, ClusterLab.NodeCount), Limit);
        TrafficSummary[] traffic = await lab.TakeTrafficAsync();
        (TrafficSummary own, TrafficSummary other) = (traffic[router], traffic[1 - router]);
        output.WriteLine($"{lab.Routers[router].GetType().Name} restarted: {own}; behind the other router: {other}");
        Assert.Equal(0, other.Failures);
        await lab.AssertQuietAsync();
    }
}
