using System.Net;
using BgpLoadBalancer.Cluster.Documents;
using BgpLoadBalancer.Cluster.Reading;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Writing;

namespace BgpLoadBalancer.Cluster.Tests.Writing;

/// <summary>A record that is written as a tree reads back as itself.</summary>
public sealed class RoundTripTests
{
    public static TheoryData<string> Names => [.. Resources.Keys];

    private static Dictionary<string, Resource> Resources { get; } = new()
    {
        ["cluster"] = Sample.Cluster,
        ["cluster with all"] = Sample.Cluster with
        {
            Type = ClusterType.Hybrid,
            ServiceCidrs = [IPNetwork.Parse("10.96.0.0/16"), IPNetwork.Parse("fd00::/112")],
            LoadBalancer = Sample.Cluster.LoadBalancer with
            {
                BgpPeers = [new(IPAddress.Parse("10.8.0.10"), 4200000000, 1790, [IPAddress.Parse("10.0.1.10")])],
                AddressPools = [new("10", [Sample.Range("2001:db8::1-2001:db8::20"), Sample.Range("10.4.0.0/28")], AvoidBuggyIPs: true, ManualAssign: true)],
                NodePool = [IPAddress.Parse("10.0.1.20")],
            },
        },
        ["gateways"] = Sample.Gateways with { Status = [new(IPAddress.Parse("10.0.1.100"), "node-01"), new(IPAddress.Parse("10.0.1.101"), null, "no healthy node")] },
        ["load balancer"] = new BgpLoadBalancerResource { Metadata = Sample.Named("default"), PeerSelector = Labels("example.com/peer", "true") },
        ["peer"] = Sample.Peer("peer1", "10.9.0.10"),
        ["peer with all"] = Sample.Peer("peer1", "10.9.0.10") with
        {
            Metadata = Sample.Named("peer1") with { Labels = Labels("a.b/c", "1"), Annotations = Labels("note", "it's"), Uid = "7", ResourceVersion = "42" },
            PeerPort = 1790,
            HoldTime = 9,
            KeepaliveTime = 3,
            ConnectRetryTime = 5,
            TtlSecurity = true,
            PasswordSecret = "secret",
            GracefulRestart = false,
            Communities = ["65001:1"],
            LargeCommunities = ["65001:1:2"],
            Med = 0,
            Prepend = 2,
        },
        ["pod CIDRs"] = new ClusterCidrConfigResource { Metadata = Sample.Named("pods"), IPv4 = new(IPNetwork.Parse("192.168.0.0/16"), 24), IPv6 = new(IPNetwork.Parse("2001:db8:1::/112"), 120) },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void A_record_reads_back_as_itself(string name)
    {
        DocumentMapping tree = ResourceTree.Of(Resources[name]);
        ReadResult read = ResourceReader.Read([new("", 0, tree)]);
        Assert.Empty(read.Findings);
        SourcedResource source = Assert.Single(read.Resources);
        Assert.Equal(Resources[name].GetType(), source.Resource.GetType());
        Assert.Equal(Resources[name].Metadata.Name, source.Resource.Metadata.Name);
        // Arrays compare by reference in records; their trees compare by content.
        Assert.True(DocumentContent.Same(tree, ResourceTree.Of(source.Resource)));
    }

    [Fact]
    public void Every_property_of_a_peer_comes_back()
    {
        BgpPeerResource peer = (BgpPeerResource)Resources["peer with all"];
        BgpPeerResource read = (BgpPeerResource)Assert.Single(ResourceReader.Read([new("", 0, ResourceTree.Of(peer))]).Resources).Resource;
        Assert.Equal(peer with { Communities = read.Communities, LargeCommunities = read.LargeCommunities, Metadata = read.Metadata }, read);
        Assert.Equal(peer.Communities, read.Communities);
        Assert.Equal(peer.Metadata.Labels, read.Metadata.Labels);
    }

    [Fact]
    public void A_kind_that_people_do_not_edit_is_not_written() =>
        Assert.Throws<ArgumentException>(() => ResourceTree.Of(new NodeResource { Metadata = Sample.Named("node-01") }));

    private static System.Collections.Immutable.ImmutableSortedDictionary<string, string> Labels(string key, string value) =>
        System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty.Add(key, value);
}
