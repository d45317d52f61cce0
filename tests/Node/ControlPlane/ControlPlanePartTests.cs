using System.Net;
using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;
using BgpLoadBalancer.Node.ControlPlane;
using BgpLoadBalancer.Node.Tests.Agent;
using BgpLoadBalancer.Node.Tests.Reporting;
using Microsoft.Extensions.Time.Testing;

namespace BgpLoadBalancer.Node.Tests.ControlPlane;

/// <summary>From the plan to the file, and from bgpadvertiser's answer to the store, on a virtual clock (R14, R15, R30).</summary>
public sealed class ControlPlanePartTests : IDisposable
{
    private static readonly ControlPlanePeer s_first = ControlPlaneCluster.Peer(0);
    private static readonly ControlPlanePeer s_second = ControlPlaneCluster.Peer(1);

    private readonly FakeTimeProvider _time = new();
    private readonly ManifestClusterStore _embedded = new(new() { Seed = 1 });
    private readonly OutageStore _store;
    private readonly FakeHealthPort _port = new();
    private readonly TemporaryFolder _folder = new();

    public ControlPlanePartTests() => _store = new(_embedded);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string ConfigPath => _folder.PathOf("bgp.yaml");

    public void Dispose()
    {
        _folder.Dispose();
        _port.Dispose();
    }

    [Fact]
    public async Task The_file_is_written_and_the_session_reported_at_each_change_and_every_period()
    {
        await using Running running = new(_time, limitsCount: false);
        ControlPlanePart part = await StartAsync(running);
        Follow(running, part, ControlPlaneCluster.Plan(s_first));
        await Running.SettleAsync(() => File.Exists(ConfigPath));
        Assert.InRange(await running.UntilAsync(() => Status(0)?.State == "Idle"), TimeSpan.Zero, TimeSpan.FromSeconds(4));

        _port.Text = $"[{ControlPlaneCluster.Json(0)}]";
        Assert.InRange(await running.UntilAsync(() => Status(0)?.State == "Established"), TimeSpan.Zero, TimeSpan.FromSeconds(3.5));
        Assert.Equal("10.9.0.8/32", Assert.Single(Status(0)!.AdvertisedRoutes).ToString());
        Assert.Equal((3L, null), (Status(0)!.Flaps, Status(0)!.LastError));

        DateTimeOffset last = Status(0)!.LastReportTime;
        for (int i = 0; i < 3; i++)
        {
            await running.UntilAsync(() => Status(0)!.LastReportTime != last);
            Assert.InRange(Status(0)!.LastReportTime - last, TimeSpan.FromSeconds(9.9), TimeSpan.FromSeconds(11.1));
            last = Status(0)!.LastReportTime;
        }

        Assert.Null(part.Problem);
    }

    [Fact]
    public async Task While_bgpadvertiser_is_away_states_are_unknown_and_it_is_said_once()
    {
        await using Running running = new(_time, limitsCount: false);
        ControlPlanePart part = await StartAsync(running);
        _port.Text = $"[{ControlPlaneCluster.Json(0)}]";
        Follow(running, part, ControlPlaneCluster.Plan(s_first));
        await running.UntilAsync(() => Status(0)?.State == "Established");
        _port.Failure = new HttpRequestException("Connection refused");
        await running.UntilAsync(() => Status(0)!.State == "Unknown");
        Assert.Equal("bgpadvertiser does not answer at http://127.0.0.1:18080/sessions: Connection refused", Status(0)!.LastError);
        Assert.Equal(Status(0)!.LastError, part.Problem);
        DateTimeOffset first = Status(0)!.LastReportTime;
        await running.AdvanceAsync(TimeSpan.FromMinutes(1));
        // It is an answer too, so others need not guess.
        Assert.True(Status(0)!.LastReportTime - first > TimeSpan.FromSeconds(45));
        Assert.Equal(1, running.Count("the states of control-plane sessions are not known"));

        _port.Failure = null;
        await running.UntilAsync(() => Status(0)!.State == "Established");
        Assert.Equal(1, running.Count("the states of control-plane sessions are known again"));
        Assert.Null(part.Problem);
    }

    [Fact]
    public async Task A_removed_peer_leaves_the_file_and_the_store_and_the_other_stays()
    {
        await using Running running = new(_time, limitsCount: false);
        ControlPlanePart part = await StartAsync(running);
        _port.Text = $"[{ControlPlaneCluster.Json(0)},{ControlPlaneCluster.Json(1)}]";
        Follow(running, part, ControlPlaneCluster.Plan(s_first, s_second));
        await running.UntilAsync(() => Status(0)?.State == "Established" && Status(1)?.State == "Established");
        string? uid = Session(0)!.Metadata.Uid;

        Follow(running, part, ControlPlaneCluster.Plan(s_first));
        await Running.SettleAsync(() => Session(1) is null && File.Exists(ConfigPath) && !File.ReadAllText(ConfigPath).Contains("127.0.1.2", StringComparison.Ordinal));
        await running.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal((uid, "Established"), (Session(0)!.Metadata.Uid, Status(0)!.State));
        Assert.Null(Session(1));
    }

    [Fact]
    public async Task Without_a_Cluster_all_stays_and_without_sessions_nobody_is_asked()
    {
        await using Running running = new(_time, limitsCount: false);
        ControlPlanePart part = await StartAsync(running);
        Follow(running, part, ControlPlaneCluster.Without(s_first));
        await running.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(0, _port.Asked);

        _port.Text = $"[{ControlPlaneCluster.Json(0)}]";
        Follow(running, part, ControlPlaneCluster.Plan(s_first));
        await Running.SettleAsync(() => File.Exists(ConfigPath));
        await running.UntilAsync(() => Status(0)?.State == "Established");
        part.Follow(null);
        DateTimeOffset last = Status(0)!.LastReportTime;
        await running.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.True(File.Exists(ConfigPath));
        Assert.True(Status(0)!.LastReportTime - last > TimeSpan.FromSeconds(45));

        Follow(running, part, ControlPlaneCluster.Without(s_first));
        await Running.SettleAsync(() => Session(0) is null && !File.Exists(ConfigPath));
        // A question that was on its way ends with this.
        await running.AdvanceAsync(TimeSpan.FromSeconds(2));
        int asked = _port.Asked;
        await running.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal((false, asked), (File.Exists(ConfigPath), _port.Asked));
    }

    [Fact]
    public async Task While_the_store_is_away_the_file_is_kept_and_then_the_newest_state_is_reported()
    {
        await using Running running = new(_time, limitsCount: false);
        ControlPlanePart part = await StartAsync(running);
        _store.Away = true;
        Follow(running, part, ControlPlaneCluster.Plan(s_first));
        await Running.SettleAsync(() => File.Exists(ConfigPath));
        await running.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.NotNull(part.Problem);
        _port.Text = $"[{ControlPlaneCluster.Json(0)}]";
        await running.AdvanceAsync(TimeSpan.FromSeconds(5));

        _store.Away = false;
        await running.UntilAsync(() => Status(0) is not null);
        Assert.Equal("Established", Status(0)!.State);
        await running.UntilAsync(() => part.Problem is null);
    }

    [Fact]
    public async Task A_fault_of_one_loop_is_shown_and_the_others_go_on_until_it_begins_anew()
    {
        _port.Failure = new InvalidOperationException("a fault");
        _port.Text = $"[{ControlPlaneCluster.Json(0)}]";
        await using Running running = new(_time, limitsCount: false);
        ControlPlanePart part = await StartAsync(running);
        Follow(running, part, ControlPlaneCluster.Plan(s_first));
        await running.UntilAsync(() => part.Problem == "Asking bgpadvertiser: a fault");
        await running.UntilAsync(() => File.Exists(ConfigPath));

        _port.Failure = null;
        await running.UntilAsync(() => Status(0)?.State == "Established");
        await running.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Null(part.Problem);
    }

    [Theory]
    [InlineData("bgp.yaml", "give the path of a file, from the root on")]
    [InlineData("/etc/", "give the path of a file, from the root on")]
    [InlineData("", "give the path of a file, from the root on")]
    public void A_path_that_is_none_is_told(string path, string words) =>
        Assert.Contains(words, Assert.Throws<ArgumentException>(() => new ControlPlaneSettings { ConfigPath = path }.Check()).Message, StringComparison.Ordinal);

    [Fact]
    public void Settings_that_are_not_possible_are_told()
    {
        ControlPlaneSettings settings = new() { ConfigPath = "/etc/bgp.yaml" };
        settings.Check();
        Assert.Contains("would be asked every 0.05 s: give 0.1 s to 60 s", Assert.Throws<ArgumentException>(() => (settings with { PollPeriod = TimeSpan.FromMilliseconds(50) }).Check()).Message, StringComparison.Ordinal);
        Assert.Contains("would be asked at 127.0.0.1:0: give the port", Assert.Throws<ArgumentException>(() => (settings with { HealthAddress = new(IPAddress.Loopback, 0) }).Check()).Message, StringComparison.Ordinal);
    }

    private async Task<ControlPlanePart> StartAsync(Running running)
    {
        ControlPlanePart part = Part(running);
        await running.StartAsync(part.RunAsync);
        running.Loops = 3;
        return part;
    }

    // Where nothing is planned, the loop that keeps objects waits without end.
    private static void Follow(Running running, ControlPlanePart part, ClusterPlan plan)
    {
        part.Follow(plan);
        running.Loops = ControlPlaneCluster.Of(plan).Sessions.IsEmpty ? 3 : 4;
    }

    private ControlPlanePart Part(Running running) => new(
        _store,
        new() { NodeName = ControlPlaneCluster.Node },
        new() { ConfigPath = ConfigPath, HealthAddress = new(IPAddress.Loopback, 18080) },
        running.Time,
        running.Reports.Enqueue,
        _port);

    private BgpSessionResource? Session(int peer) => _embedded.GetAsync<BgpSessionResource>("kube-system", $"{AgentCluster.RouterAddress(peer)}-node-0-control-plane", Stop).GetAwaiter().GetResult();

    private BgpSessionStatus? Status(int peer) => Session(peer)?.Status;
}
