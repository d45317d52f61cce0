using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Bgp.Session;
using BgpLoadBalancer.Bgp.Transport;
using BgpLoadBalancer.Cluster.Control;
using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Node.Agent.Sessions;
using BgpLoadBalancer.Node.FloatingIPs;
using Microsoft.Extensions.Time.Testing;

namespace BgpLoadBalancer.Node.Tests.Agent;

/// <summary>Sessions come and go with floating IPs and plans, and nothing else resets one (R3, R14, R18, R24).</summary>
public sealed class NodeSessionsTests : IAsyncDisposable
{
    private static readonly IPAddress s_first = AgentCluster.FloatingIP(0);
    private static readonly IPAddress s_second = AgentCluster.FloatingIP(1);

    private readonly FakeTimeProvider _time = new();
    private readonly MemoryTransport _transport = new();
    private readonly ConcurrentQueue<ControlEvent> _reports = [];
    private readonly BgpSpeaker _speaker;
    private readonly TestRouter _routerA;
    private readonly TestRouter _routerB;
    private readonly NodeSessions _sessions;

    public NodeSessionsTests()
    {
        _speaker = new(new() { TimeProvider = _time, Transport = _transport, Seed = 1 });
        _routerA = new(_transport, _time, AgentCluster.RouterAddress(0), s_first, s_second);
        _routerB = new(_transport, _time, AgentCluster.RouterAddress(1), s_first, s_second);
        _sessions = new(AgentCluster.NodeName(0), _speaker, _reports.Enqueue);
        _speaker.Start();
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_sessions_from_an_address_on_this_host_are_there_and_carry_its_identifier()
    {
        _sessions.Follow(Plan(peers: 2), []);
        Assert.Empty(_speaker.Peers);
        Assert.All(_sessions.GetSessions(), session => Assert.Contains("is not on this node", session.Problem, StringComparison.Ordinal));

        await _sessions.OpenAsync(s_first, Stop);

        Assert.Equal(s_first, (await _routerA.Established(s_first, Stop)).PeerBgpIdentifier);
        _ = await _routerB.Established(s_first, Stop);
        Assert.Equal(2, _speaker.Peers.Length);
        Assert.Equal([(s_first, true), (s_first, true)], _sessions.GetSessions().Where(session => session.Info is not null).Select(session => (session.Session.FloatingIP, session.Problem is null)));
    }

    [Fact]
    public async Task A_peer_that_comes_or_goes_leaves_the_others_sessions_alone()
    {
        _sessions.Follow(Plan(peers: 1), []);
        await _sessions.OpenAsync(s_first, Stop);
        DateTimeOffset since = (await _routerA.Established(s_first, Stop)).EstablishedTime!.Value;
        _time.Advance(TimeSpan.FromSeconds(1));

        _sessions.Follow(Plan(peers: 2), []);
        _ = await _routerB.Established(s_first, Stop);
        _sessions.Follow(Plan(peers: 1), []);
        _ = await _routerB.Down(s_first, Stop);

        Assert.Equal((since, 0L), (_routerA.Session(s_first).EstablishedTime, _routerA.Session(s_first).Flaps));
        await _routerB.Notified();
        Assert.Equal(1, _routerB.Notifications);
    }

    [Fact]
    public async Task Gracefully_no_NOTIFICATION_is_sent_and_otherwise_a_Cease()
    {
        _sessions.Follow(Plan(peers: 1), []);
        await _sessions.OpenAsync(s_first, Stop);
        await _sessions.OpenAsync(s_second, Stop);
        _ = await _routerA.Established(s_first, Stop);
        _ = await _routerA.Established(s_second, Stop);

        await _sessions.CloseAsync(s_first, SessionClosing.Graceful, Stop);
        _ = await _routerA.Down(s_first, Stop);
        Assert.Equal(0, _routerA.Notifications);
        await _sessions.CloseAsync(s_second, SessionClosing.Withdraw, Stop);
        _ = await _routerA.Down(s_second, Stop);
        await _routerA.Notified();
        Assert.Equal(1, _routerA.Notifications);
        Assert.Empty(_speaker.Peers);
    }

    [Fact]
    public async Task An_address_that_is_to_be_elsewhere_keeps_its_sessions_until_its_holder_closes_them()
    {
        ClusterSnapshot snapshot = AgentCluster.Snapshot(1, 1, 1);
        _sessions.Follow(Planner.Plan(snapshot), []);
        await _sessions.OpenAsync(s_first, Stop);
        _ = await _routerA.Established(s_first, Stop);

        _sessions.Follow(Planner.Plan(snapshot with { NetworkGatewayGroup = snapshot.NetworkGatewayGroup! with { Status = [new(s_first, null, "no healthy node")] } }), []);
        _sessions.Follow(null, []);

        Assert.Single(_speaker.Peers);
        Assert.Equal(BgpSessionState.Established, _routerA.Session(s_first).State);
        await _sessions.CloseAsync(s_first, SessionClosing.Graceful, Stop);
        Assert.Empty(_speaker.Peers);
    }

    [Fact]
    public async Task Without_its_password_a_session_is_not_tried_and_the_others_are()
    {
        ClusterSnapshot snapshot = AgentCluster.Snapshot(1, 1, 2);
        ClusterPlan plan = Planner.Plan(snapshot with { BgpPeers = [snapshot.BgpPeers[0] with { PasswordSecret = "router" }, snapshot.BgpPeers[1]] });
        _sessions.Follow(plan, []);
        await _sessions.OpenAsync(s_first, Stop);
        _ = await _routerB.Established(s_first, Stop);

        Assert.Equal(AgentCluster.RouterAddress(1), Assert.Single(_speaker.Peers).PeerAddress);
        Assert.Contains("Secret router", _sessions.GetSessions()[0].Problem, StringComparison.Ordinal);
        Assert.Contains("Secret router", Assert.Single(_reports).Error, StringComparison.Ordinal);

        ImmutableArray<SecretResource> secrets = [AgentCluster.Secret("router", Convert.ToBase64String("s3cret"u8))];
        _sessions.Follow(plan, secrets);
        Assert.Equal(["s3cret", null], _speaker.Peers.Select(peer => peer.Password));
        Assert.Null(_sessions.GetSessions()[0].Problem);

        // The session that is there does not fall because the Secret is away for a moment.
        _ = await _routerA.Established(s_first, Stop);
        _sessions.Follow(plan, []);
        Assert.Equal(["s3cret", null], _speaker.Peers.Select(peer => peer.Password));
        Assert.NotNull(_sessions.GetSessions()[0].Problem);
    }

    [Fact]
    public async Task What_a_speaker_refuses_is_the_problem_of_that_session_alone()
    {
        ClusterSnapshot snapshot = AgentCluster.Snapshot(1, 1, 2);
        _sessions.Follow(Planner.Plan(snapshot with { BgpPeers = [snapshot.BgpPeers[0] with { HoldTime = 2 }, snapshot.BgpPeers[1]] }), []);
        await _sessions.OpenAsync(s_first, Stop);

        _ = await _routerB.Established(s_first, Stop);
        Assert.Contains("HoldTime", _sessions.GetSessions()[0].Problem, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        Task stopped = Task.WhenAll(_speaker.DisposeAsync().AsTask(), _routerA.DisposeAsync().AsTask(), _routerB.DisposeAsync().AsTask());
        while (!stopped.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await stopped;
    }

    // Both floating IPs are this node's.
    private static ClusterPlan Plan(int peers) => Planner.Plan(AgentCluster.Snapshot(1, 2, peers));
}
