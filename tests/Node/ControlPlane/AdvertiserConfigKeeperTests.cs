using BgpLoadBalancer.Cluster.Control;
using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Node.ControlPlane;
using BgpLoadBalancer.Node.Tests.Reporting;
using Microsoft.Extensions.Time.Testing;

namespace BgpLoadBalancer.Node.Tests.ControlPlane;

public sealed class AdvertiserConfigKeeperTests : IDisposable
{
    private static readonly ClusterPlan s_one = ControlPlaneCluster.Plan(ControlPlaneCluster.Peer(0));
    private static readonly ClusterPlan s_two = ControlPlaneCluster.Plan(ControlPlaneCluster.Peer(0), ControlPlaneCluster.Peer(1));

    private readonly FakeTimeProvider _time = new();
    private readonly TemporaryFolder _folder = new();

    private string FilePath => _folder.PathOf("etc/bgp.yaml");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_change_of_the_plan_is_in_the_file_at_once_and_a_change_by_hand_is_undone()
    {
        await using Running running = new(_time);
        AdvertiserConfigKeeper keeper = await StartAsync(running, s_one);
        await Running.SettleAsync(() => Holds(s_one));
        keeper.Follow(ControlPlaneCluster.Of(s_two));
        await Running.SettleAsync(() => Holds(s_two) && running.Reports.Count == 2);
        Assert.Equal(["written, with peers 127.0.1.1", "written, with peers 127.0.1.1, 127.0.1.2"], running.Reports.Select(report => report.Message));

        File.AppendAllText(FilePath, "mine: 1\n");
        Assert.InRange(await running.UntilAsync(() => Holds(s_two)), TimeSpan.FromSeconds(9), AdvertiserConfigKeeper.CheckPeriod);
        File.Delete(FilePath);
        Assert.InRange(await running.UntilAsync(() => Holds(s_two)), TimeSpan.FromSeconds(9), AdvertiserConfigKeeper.CheckPeriod);
    }

    [Fact]
    public async Task What_cannot_be_written_is_said_once_with_path_and_reason_and_tried_less_and_less_often()
    {
        await using Running running = new(_time);
        AdvertiserConfigKeeper keeper = await StartAsync(running, s_one, makeFolder: false);
        await running.AdvanceAsync(TimeSpan.FromMinutes(5));
        ControlEvent said = Assert.Single(running.Reports);
        Assert.Equal((ControlEventLevel.Warning, $"Configuration {FilePath}"), (said.Level, said.Subject));
        Assert.StartsWith($"{FilePath}: The file cannot be written: Could not find a part of the path", said.Error, StringComparison.Ordinal);
        Assert.Equal(said.Error, keeper.Problem);

        MakeFolder();
        Assert.InRange(await running.UntilAsync(() => File.Exists(FilePath)), TimeSpan.Zero, AdvertiserConfigKeeper.LongestRetry);
        await Running.SettleAsync(() => keeper.Problem is null);

        // Another trouble, later, is tried as soon as the first was.
        Directory.Delete(Path.GetDirectoryName(FilePath)!, recursive: true);
        await running.UntilAsync(() => keeper.Problem is not null);
        MakeFolder();
        Assert.InRange(await running.UntilAsync(() => Holds(s_one)), TimeSpan.Zero, TimeSpan.FromSeconds(1.1));
        await Running.SettleAsync(() => keeper.Problem is null);
        Assert.Equal(4, running.Reports.Count);
    }

    [Fact]
    public async Task On_a_node_without_sessions_the_file_goes_and_comes_back_with_them()
    {
        await using Running running = new(_time);
        AdvertiserConfigKeeper keeper = await StartAsync(running, s_one);
        await Running.SettleAsync(() => Holds(s_one));
        keeper.Follow(ControlPlaneCluster.Of(ControlPlaneCluster.Without(ControlPlaneCluster.Peer(0))));
        await Running.SettleAsync(() => !File.Exists(FilePath) && running.Reports.Count == 2);
        Assert.Equal(ControlEventLevel.Warning, running.Reports.Last().Level);
        await running.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(2, running.Reports.Count);

        keeper.Follow(ControlPlaneCluster.Of(s_one));
        await Running.SettleAsync(() => Holds(s_one));
    }

    [Fact]
    public async Task A_control_plane_node_that_no_peer_is_left_for_has_no_file_either()
    {
        await using Running running = new(_time);
        AdvertiserConfigKeeper keeper = await StartAsync(running, s_one);
        await Running.SettleAsync(() => Holds(s_one));
        keeper.Follow(ControlPlaneCluster.Of(ControlPlaneCluster.Plan(ControlPlaneCluster.Peer(0, nodes: [1, 2]))));
        await Running.SettleAsync(() => !File.Exists(FilePath));
    }

    [Fact]
    public async Task While_nothing_is_known_of_the_node_the_file_stays_as_it_is()
    {
        await using Running running = new(_time);
        AdvertiserConfigKeeper keeper = await StartAsync(running, s_one);
        await Running.SettleAsync(() => Holds(s_one));
        keeper.Follow(ControlPlaneCluster.Of(ControlPlaneCluster.Unknown(ControlPlaneCluster.Peer(0))));
        await running.AdvanceAsync(TimeSpan.FromMinutes(1));

        Assert.True(Holds(s_one));
    }

    [Fact]
    public async Task Before_the_first_plan_nothing_is_touched()
    {
        await using Running running = new(_time);
        MakeFolder();
        File.WriteAllText(FilePath, AdvertiserConfigText.Mark);
        await running.StartAsync(new AdvertiserConfigKeeper(FilePath, running.Time, running.Reports.Enqueue).RunAsync);
        await running.AdvanceAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(AdvertiserConfigText.Mark, File.ReadAllText(FilePath));
    }

    private async Task<AdvertiserConfigKeeper> StartAsync(Running running, ClusterPlan plan, bool makeFolder = true)
    {
        if (makeFolder) MakeFolder();
        AdvertiserConfigKeeper keeper = new(FilePath, running.Time, running.Reports.Enqueue);
        keeper.Follow(ControlPlaneCluster.Of(plan));
        await running.StartAsync(keeper.RunAsync);
        return keeper;
    }

    private void MakeFolder() => Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);

    private bool Holds(ClusterPlan plan) => File.Exists(FilePath) && File.ReadAllText(FilePath) == AdvertiserConfigText.Of(ControlPlaneCluster.Of(plan).Sessions);
}
