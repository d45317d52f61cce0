using System.Text;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Node.ControlPlane;
using BgpLoadBalancer.Node.Tests.Agent;

namespace BgpLoadBalancer.Node.Tests.ControlPlane;

public sealed class ControlPlaneStatusesTests
{
    private static readonly DateTimeOffset s_now = new(2026, 2, 3, 4, 5, 6, TimeSpan.Zero);

    [Fact]
    public void A_session_is_reported_as_bgpadvertiser_tells_of_it()
    {
        BgpSessionStatus status = Of($"[{ControlPlaneCluster.Json(1, "Idle")},{ControlPlaneCluster.Json(0)}]");

        Assert.Equal(("Established", s_now, 3L, null), (status.State, status.LastReportTime, status.Flaps, status.LastError));
        Assert.Equal(["10.9.0.8/32"], status.AdvertisedRoutes.Select(route => route.ToString()));
    }

    [Fact]
    public void Without_an_answer_its_state_is_not_known_and_the_reason_is()
    {
        BgpSessionStatus status = Of(AdvertiserAnswer.None("Nobody is there."));

        Assert.Equal(("Unknown", "Nobody is there.", s_now), (status.State, status.LastError, status.LastReportTime));
    }

    [Fact]
    public void A_session_that_is_another_one_is_not_taken_for_it()
    {
        string[] others = [ControlPlaneCluster.Json(1), ControlPlaneCluster.Json(0, asn: 65009), ControlPlaneCluster.Json(0, local: AgentCluster.NodeAddress(1)), ControlPlaneCluster.Json(0).Replace("65001", "65008", StringComparison.Ordinal), ControlPlaneCluster.Json(0).Replace("\"127.0.1.10\"", "null", StringComparison.Ordinal)];
        foreach (string other in others)
        {
            BgpSessionStatus status = Of($"[{other}]");
            Assert.Equal("Idle", status.State);
            Assert.Contains("it has not read /etc/bgp.yaml again yet", status.LastError, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_virtual_IP_that_is_not_the_Clusters_is_pointed_at_and_none_is_all_right()
    {
        Assert.Equal(
            "bgpadvertiser announces 10.9.0.9/32 and not the Cluster's controlPlaneVIP 10.9.0.8: correct its --advertise-ip.",
            Of($"[{ControlPlaneCluster.Json(0, route: "10.9.0.9/32")}]").LastError);
        Assert.Null(Of($"[{ControlPlaneCluster.Json(0, route: "")}]").LastError);
    }

    private static BgpSessionStatus Of(string json) => Of(AdvertiserAnswer.Parse(Encoding.UTF8.GetBytes(json)));

    private static BgpSessionStatus Of(AdvertiserAnswer answer) =>
        ControlPlaneStatuses.Of(Assert.Single(ControlPlaneCluster.Of(ControlPlaneCluster.Plan(ControlPlaneCluster.Peer(0))).Sessions), answer, "/etc/bgp.yaml", s_now);
}
