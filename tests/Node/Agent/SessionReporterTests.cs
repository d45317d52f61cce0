using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Bgp.Session;
using BgpLoadBalancer.Cluster.Control;
using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;
using BgpLoadBalancer.Node.Agent.Reports;
using BgpLoadBalancer.Node.Agent.Sessions;
using Microsoft.Extensions.Time.Testing;

namespace BgpLoadBalancer.Node.Tests.Agent;

/// <summary>When and where a session's status is written (R30), pass by pass on a virtual clock.</summary>
public sealed class SessionReporterTests : IAsyncDisposable
{
    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(10);

    private readonly FakeTimeProvider _time = new();
    private readonly ManifestClusterStore _embedded = new(new() { Seed = 1 });
    private readonly ConcurrentQueue<ControlEvent> _events = [];
    private readonly OutageStore _store;
    private readonly BgpSpeaker _speaker;
    private readonly SessionReporter _reporter;
    private NodeSession _session;

    public SessionReporterTests()
    {
        _store = new(_embedded);
        _speaker = new(new() { TimeProvider = _time, Seed = 1 });
        ServiceSession planned = Assert.Single(Planner.Plan(AgentCluster.Snapshot(1, 1, 1)).ServiceSessions);
        PlannedPeering peering = PlannedPeers.Of(planned, []);
        _speaker.AddPeer(peering.Options!);
        _session = new(planned, _speaker.GetSession(peering.Name), null);
        _reporter = new(_store, new ServiceReports(_speaker, () => [_session], _time).Get, s_period, _time, _events.Enqueue);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_object_is_waited_for_and_found_by_what_it_is_about()
    {
        await _reporter.PassAsync(Stop);
        Assert.Empty((await _embedded.ListAsync<BgpSessionResource>(null, Stop)).Items);
        _ = await CreateAsync("127.0.1.1-node-0", session => session with { NodeName = "node-9" });
        _ = await CreateAsync("some-other-name", session => session);
        _ = await CreateAsync("127.0.1.1-node-0-control-plane", session => session with { FloatingIP = null });

        _time.Advance(TimeSpan.FromSeconds(1));
        await _reporter.PassAsync(Stop);

        Assert.Equal(["some-other-name"], (await _embedded.ListAsync<BgpSessionResource>(null, Stop)).Items.Where(session => session.Status is not null).Select(session => session.Metadata.Name));
        Assert.Equal(("Idle", _time.GetUtcNow()), ((await StatusAsync("some-other-name"))!.State, (await StatusAsync("some-other-name"))!.LastReportTime));
        Assert.Empty(_events);
    }

    [Fact]
    public async Task A_change_is_reported_at_once_but_not_twice_in_a_second_and_what_stays_each_period()
    {
        _ = await CreateAsync("s", session => session);
        await _reporter.PassAsync(Stop);
        DateTimeOffset first = _time.GetUtcNow();
        Is(BgpSessionState.OpenSent);
        await _reporter.PassAsync(Stop);
        Assert.Equal(("Idle", first), await StateAsync());

        Is(BgpSessionState.Established);
        _time.Advance(TimeSpan.FromSeconds(1));
        await _reporter.PassAsync(Stop);
        DateTimeOffset second = _time.GetUtcNow();
        Assert.Equal(("Established", second), await StateAsync());

        _time.Advance(s_period - TimeSpan.FromTicks(1));
        await _reporter.PassAsync(Stop);
        Assert.Equal(("Established", second), await StateAsync());
        _time.Advance(TimeSpan.FromTicks(1));
        await _reporter.PassAsync(Stop);
        Assert.Equal(("Established", second + s_period), await StateAsync());
    }

    [Fact]
    public async Task After_a_conflict_it_reads_again_and_the_spec_stays_the_controllers()
    {
        BgpSessionResource created = await CreateAsync("s", session => session);
        await _reporter.PassAsync(Stop);
        BgpSessionResource reported = (await _embedded.GetAsync<BgpSessionResource>("kube-system", "s", Stop))!;
        _ = await _embedded.UpdateAsync(reported with { PeerAsn = 65009 }, Stop);
        Is(BgpSessionState.Active);
        _time.Advance(TimeSpan.FromSeconds(1));
        await _reporter.PassAsync(Stop);

        BgpSessionResource now = (await _embedded.GetAsync<BgpSessionResource>("kube-system", "s", Stop))!;
        Assert.Equal(("Active", 65009u, created.Metadata.Uid), (now.Status!.State, now.PeerAsn, now.Metadata.Uid));
        Assert.Empty(_events);
    }

    [Fact]
    public async Task An_object_that_became_another_nodes_is_not_written_any_more()
    {
        _ = await CreateAsync("s", session => session);
        await _reporter.PassAsync(Stop);
        BgpSessionResource reported = (await _embedded.GetAsync<BgpSessionResource>("kube-system", "s", Stop))!;
        _ = await _embedded.UpdateAsync(reported with { NodeName = "node-1" }, Stop);
        Is(BgpSessionState.Active);
        for (int i = 0; i < 20; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await _reporter.PassAsync(Stop);
        }

        Assert.Equal("Idle", (await StateAsync()).State);
    }

    [Fact]
    public async Task After_an_outage_the_newest_status_is_written_and_nothing_older()
    {
        _ = await CreateAsync("s", session => session);
        await _reporter.PassAsync(Stop);
        _store.Away = true;
        int tries = _store.Refused;
        foreach (BgpSessionState state in (BgpSessionState[])[BgpSessionState.Connect, BgpSessionState.OpenSent, BgpSessionState.Established])
        {
            Is(state);
            _time.Advance(TimeSpan.FromSeconds(8));
            await _reporter.PassAsync(Stop);
        }

        Assert.Equal(3, _store.Refused - tries);
        Assert.NotNull(_reporter.Problem);
        _store.Away = false;
        string version = (await _embedded.GetAsync<BgpSessionResource>("kube-system", "s", Stop))!.Metadata.ResourceVersion!;
        _time.Advance(TimeSpan.FromSeconds(8));
        await _reporter.PassAsync(Stop);

        Assert.Equal(("Established", _time.GetUtcNow()), await StateAsync());
        _ = Assert.Single(await ChangesAfterAsync(version));
        Assert.Null(_reporter.Problem);
        Assert.Equal([ControlEventLevel.Warning, ControlEventLevel.Information], _events.Select(one => one.Level));
    }

    [Fact]
    public void A_status_says_all_that_the_columns_and_details_show()
    {
        Is(BgpSessionState.Established);
        ImmutableArray<IPNetwork> routes = [IPNetwork.Parse("10.100.0.1/32")];
        BgpSessionInfo info = _session.Info! with { Flaps = 2, LastError = "earlier", EstablishedTime = _time.GetUtcNow(), AddPathSend = [BgpAddressFamily.IPv4Unicast] };

        BgpSessionStatus status = SessionStatuses.Of(_session with { Info = info }, routes, _time.GetUtcNow());

        Assert.Equal(("Established", 2L, "earlier", true), (status.State, status.Flaps, status.LastError, status.AddPath));
        Assert.Equal((_time.GetUtcNow(), _time.GetUtcNow()), (status.LastReportTime, status.EstablishedTime));
        Assert.Equal(routes, status.AdvertisedRoutes);
        Assert.True(SessionStatuses.SayTheSame(status, status with { LastReportTime = default, AdvertisedRoutes = [.. routes] }));
        Assert.False(SessionStatuses.SayTheSame(status, status with { AdvertisedRoutes = [] }));
        Assert.Equal(("Idle", "why"), (SessionStatuses.Of(new(_session.Session, null, "why"), [], default).State, SessionStatuses.Of(new(_session.Session, null, "why"), [], default).LastError));
    }

    public async ValueTask DisposeAsync() => await _speaker.DisposeAsync();

    private void Is(BgpSessionState state) => _session = _session with { Info = _session.Info! with { State = state } };

    private async Task<BgpSessionStatus?> StatusAsync(string name) => (await _embedded.GetAsync<BgpSessionResource>("kube-system", name, Stop))!.Status;

    private async Task<(string State, DateTimeOffset Time)> StateAsync() => await StatusAsync("s") is { } status ? (status.State, status.LastReportTime) : default;

    private async Task<List<ResourceChange<BgpSessionResource>>> ChangesAfterAsync(string version)
    {
        List<ResourceChange<BgpSessionResource>> changes = [];
        // The last one is known, so the watch is not waited for.
        string last = (await _embedded.GetAsync<BgpSessionResource>("kube-system", "s", Stop))!.Metadata.ResourceVersion!;
        await foreach (ResourceChange<BgpSessionResource> change in _embedded.WatchAsync<BgpSessionResource>(null, version, Stop))
        {
            changes.Add(change);
            if (change.Resource.Metadata.ResourceVersion == last) break;
        }

        return changes;
    }

    private Task<BgpSessionResource> CreateAsync(string name, Func<BgpSessionResource, BgpSessionResource> change) => _embedded.CreateAsync(
        change(new()
        {
            Metadata = AgentCluster.Meta(name, "kube-system"),
            FloatingIP = AgentCluster.FloatingIP(0),
            LocalIP = AgentCluster.FloatingIP(0),
            LocalAsn = AgentCluster.LocalAsn,
            NodeName = "node-0",
            PeerAsn = AgentCluster.RouterAsn,
            PeerIP = AgentCluster.RouterAddress(0),
        }),
        Stop);
}
