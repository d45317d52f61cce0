using System.Collections.Immutable;
using System.Net;
using BgpLoadBalancer.Cluster.Reading;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Validation;

namespace BgpLoadBalancer.Cluster.Tests.Validation;

/// <summary>What a change brings, and nothing that was there before.</summary>
public sealed class CheckBroughtTests
{
    private static readonly ImmutableArray<SourcedResource> Before = Sample.Of(Sample.Cluster, Sample.Gateways);

    [Theory]
    [InlineData("10.9.0.10", 65003, 0, "spec.sessions")]
    [InlineData("2001:db8::1", 65003, 2, "spec.peerIP")]
    [InlineData("10.9.0.10", 0, 2, "spec.peerASN")]
    public void Values_that_nobody_has_read_are_checked_like_those_of_a_file(string address, uint asn, int sessions, string path)
    {
        BgpPeerResource peer = Sample.Peer("peer1", address) with { PeerAsn = asn, Sessions = sessions };
        Assert.Equal(path, Assert.Single(Errors(Before, [.. Before, SourcedResource.Of(peer)])).Path);
    }

    [Fact]
    public void A_bad_value_that_was_there_keeps_nobody_from_changing_another()
    {
        BgpPeerResource peer = Sample.Peer("peer1", "10.9.0.10") with { Sessions = 0 };
        Assert.Empty(Errors([.. Before, SourcedResource.Of(peer)], [.. Before, SourcedResource.Of(peer with { PeerAsn = 65004 })]));
        Assert.Single(Errors([.. Before, SourcedResource.Of(peer)], [.. Before, SourcedResource.Of(peer with { HoldTime = 1 })]));
    }

    [Fact]
    public void A_change_of_the_configuration_keeps_warnings_that_still_hold()
    {
        SourcedResource one = SourcedResource.Of(Sample.Gateways with { FloatingIPs = [IPAddress.Parse("10.0.1.100")] });
        ImmutableArray<SourcedResource> lone = [Before[0], one];
        Finding[] warned = [.. ConfigurationRules.CheckBrought(Before, lone).Where(finding => finding.Severity == FindingSeverity.Warning)];
        Assert.Equal(["spec.floatingIPs"], warned.Select(finding => finding.Path));
        Assert.Equal(warned, ConfigurationRules.StillThere([.. warned, .. warned], lone));
        Assert.Empty(ConfigurationRules.StillThere(warned, Before));
    }

    private static IEnumerable<Finding> Errors(ImmutableArray<SourcedResource> before, ImmutableArray<SourcedResource> after) =>
        ConfigurationRules.CheckBrought(before, after).Where(finding => finding.Severity == FindingSeverity.Error);
}
