using BgpLoadBalancer.Cluster.Reading;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Validation;

namespace BgpLoadBalancer.Cluster.Tests.Validation;

/// <summary>The rules for one resource that is about to be created or changed.</summary>
public sealed class CheckOneTests
{
    [Fact]
    public void A_good_configuration_of_records_has_no_error() =>
        Assert.DoesNotContain(ConfigurationRules.Check(Sample.Of(Sample.Cluster, Sample.Gateways)), finding => finding.Severity != FindingSeverity.Note);

    [Fact]
    public void A_new_peer_in_our_own_system_is_refused_with_its_path_and_value()
    {
        BgpPeerResource peer = Sample.Peer("peer1", "10.9.0.10") with { PeerAsn = 65001 };
        Finding finding = Assert.Single(ConfigurationRules.CheckOne(Sample.Of(Sample.Cluster, Sample.Gateways), SourcedResource.Of(peer)), finding => finding.Severity == FindingSeverity.Error);
        Assert.Equal(("R1", "spec.peerASN", "65001", "BGPPeer cluster-bm/peer1", "", 0), (finding.Rule, finding.Path, finding.Value, finding.Resource, finding.File, finding.Line));
    }

    [Fact]
    public void A_resource_takes_the_place_of_its_namesake()
    {
        IEnumerable<Finding> findings = ConfigurationRules.CheckOne(Sample.Of(Sample.Cluster, Sample.Gateways), SourcedResource.Of(Sample.Gateways));
        Assert.DoesNotContain(findings, finding => finding.Severity == FindingSeverity.Error);
    }

    [Fact]
    public void What_was_wrong_with_others_before_is_not_repeated_but_what_it_breaks_is_said()
    {
        ClusterResource wrong = Sample.Cluster with { AdvancedNetworking = false };
        NetworkGatewayGroupResource inPool = Sample.Gateways with { FloatingIPs = [System.Net.IPAddress.Parse("10.0.0.2"), System.Net.IPAddress.Parse("10.0.1.101")] };
        Finding[] errors = [.. ConfigurationRules.CheckOne(Sample.Of(wrong, Sample.Gateways), SourcedResource.Of(inPool)).Where(finding => finding.Severity == FindingSeverity.Error)];
        Assert.Equal(["spec.loadBalancer.addressPools[0].addresses[0]"], errors.Select(finding => finding.Path));
    }

    [Fact]
    public void A_finding_reads_as_one_line()
    {
        Finding finding = new(FindingSeverity.Error, "R1", "cluster.yaml", 2, 12, "BGPPeer ns/p", "spec.peerASN", "65001", "It is wrong.", "Mend it.");
        Assert.Equal("cluster.yaml:12: error R1: BGPPeer ns/p: spec.peerASN: It is wrong. Mend it.", finding.ToString());
    }
}
