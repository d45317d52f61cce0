using System.Collections.Immutable;
using System.Text;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Bgp.Routes;
using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Node.Agent.Sessions;

namespace BgpLoadBalancer.Node.Tests.Agent;

/// <summary>Peers of the plan as a speaker takes them (R3, R18, R24, R28).</summary>
public sealed class PlannedPeersTests
{
    [Fact]
    public void A_session_starts_from_its_floating_IP_and_takes_everything_else_by_default()
    {
        ClusterPlan plan = Planner.Plan(AgentCluster.Snapshot(2, 2, 2));

        ImmutableArray<PlannedPeering> peers = PlannedPeers.Of(plan, AgentCluster.FloatingIP(1), []);

        Assert.Equal([AgentCluster.RouterAddress(0), AgentCluster.RouterAddress(1)], peers.Select(peer => peer.Options!.PeerAddress));
        Assert.All(peers, peer =>
        {
            BgpPeerOptions options = peer.Options!;
            Assert.Equal(AgentCluster.FloatingIP(1), options.LocalAddress);
            Assert.Equal((AgentCluster.LocalAsn, AgentCluster.RouterAsn, 179), (options.LocalAsn, options.PeerAsn, options.PeerPort));
            Assert.Equal(plan.ServiceSessions.Single(session => session.FloatingIP.Equals(AgentCluster.FloatingIP(1)) && session.Peer.Address.Equals(options.PeerAddress)).Rank, options.PathRank);
            Assert.Null(options.BgpIdentifier);
            Assert.True(options is { Connect: true, Accept: false, AddPath: AddPathMode.Send, Password: null });
            Assert.Equal(GracefulRestartOptions.Default, options.GracefulRestart);
            Assert.Equal((TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(5)), (options.HoldTime, options.ConnectRetryTime));
        });
    }

    [Fact]
    public void The_extensions_of_a_BGPPeer_are_taken_over()
    {
        BgpPeerOptions options = Options(AgentCluster.Peer(0) with
        {
            PeerPort = 1179,
            HoldTime = 9,
            KeepaliveTime = 2,
            ConnectRetryTime = 1,
            TtlSecurity = true,
            GracefulRestart = false,
            Communities = ["65001:100", "0:7"],
            LargeCommunities = ["4200000000:1:2"],
            Med = 50,
            Prepend = 2,
            PasswordSecret = "router",
        }, AgentCluster.Secret("router", Convert.ToBase64String("s3cret\n"u8)));

        Assert.Equal(1179, options.PeerPort);
        Assert.Equal((TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1)), (options.HoldTime, options.KeepaliveTime, options.ConnectRetryTime));
        Assert.True(options.TtlSecurity);
        Assert.Null(options.GracefulRestart);
        Assert.Equal([(65001u << 16) | 100, 7], options.Communities);
        Assert.Equal([new LargeCommunity(4200000000, 1, 2)], options.LargeCommunities);
        Assert.Equal((50u, 2), (options.Med, options.Prepend));
        Assert.Equal("s3cret", options.Password);
    }

    [Theory]
    [InlineData(null, "is not there")]
    [InlineData("", "empty password")]
    [InlineData("not base 64!", "no base 64")]
    [InlineData("/w==", "no base 64 of UTF-8")]
    public void Without_the_password_that_it_asks_for_there_are_no_options(string? base64, string expected)
    {
        PlannedPeering peering = Peering(AgentCluster.Peer(0) with { PasswordSecret = "router" }, base64 is null ? [] : [AgentCluster.Secret("router", base64)]);

        Assert.Null(peering.Options);
        Assert.Contains("Secret router", peering.Problem, StringComparison.Ordinal);
        Assert.Contains(expected, peering.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_of_another_namespace_or_key_is_not_the_password()
    {
        SecretResource secret = AgentCluster.Secret("router", Convert.ToBase64String(Encoding.UTF8.GetBytes("s3cret")));
        BgpPeerResource peer = AgentCluster.Peer(0) with { PasswordSecret = "router" };

        Assert.Contains("is not there", Peering(peer, [secret with { Metadata = AgentCluster.Meta("router", "default") }]).Problem, StringComparison.Ordinal);
        Assert.Contains("has no key 'password'", Peering(peer, [secret with { Data = secret.Data.Remove(SecretResource.PasswordKey) }]).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_read_is_named()
    {
        Assert.Contains("'65536:1'", Peering(AgentCluster.Peer(0) with { Communities = ["1:1", "65536:1"] }, []).Problem, StringComparison.Ordinal);
        Assert.Contains("'1:2'", Peering(AgentCluster.Peer(0) with { LargeCommunities = ["1:2"] }, []).Problem, StringComparison.Ordinal);
        Assert.Contains("keepaliveTime 0", Peering(AgentCluster.Peer(0) with { KeepaliveTime = 0 }, []).Problem, StringComparison.Ordinal);
        Assert.Null(Options(AgentCluster.Peer(0) with { KeepaliveTime = 0, HoldTime = 0 }).KeepaliveTime);
    }

    [Fact]
    public void Peers_of_the_control_plane_that_serve_have_the_defaults()
    {
        ClusterPlan plan = Planner.Plan(AgentCluster.Snapshot(1, 1, 0));

        BgpPeerOptions options = Assert.Single(PlannedPeers.Of(plan, AgentCluster.FloatingIP(0), [])).Options!;

        Assert.Equal(GracefulRestartOptions.Default, options.GracefulRestart);
        Assert.Equal(AgentCluster.RouterAddress(0), options.PeerAddress);
    }

    private static BgpPeerOptions Options(BgpPeerResource peer, params ImmutableArray<SecretResource> secrets) => Peering(peer, secrets) is { Problem: null, Options: { } options } ? options : throw new InvalidOperationException(Peering(peer, secrets).Problem);

    private static PlannedPeering Peering(BgpPeerResource peer, ImmutableArray<SecretResource> secrets) =>
        Assert.Single(PlannedPeers.Of(Planner.Plan(AgentCluster.Snapshot(1, 1, 0) with { BgpPeers = [peer] }), AgentCluster.FloatingIP(0), secrets));
}
