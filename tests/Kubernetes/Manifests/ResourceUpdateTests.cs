using System.Net;
using BgpLoadBalancer.Cluster.Documents;
using BgpLoadBalancer.Cluster.Reading;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Writing;
using BgpLoadBalancer.Kubernetes.Manifests;

namespace BgpLoadBalancer.Kubernetes.Tests.Manifests;

/// <summary>A change of a record on its way back to the file that it came from.</summary>
public sealed class ResourceUpdateTests
{
    private const string Text = """
        gcrKeyPath: keys/gcr.json
        ---
        apiVersion: baremetal.cluster.gke.io/v1
        kind: Cluster
        metadata: {name: bm, namespace: cluster-bm}
        spec:
          type: user
          profile: default # not ours
          loadBalancer:
            type: bgp
            localASN: 65001
            bgpPeers:
            # the first rack
            - ip: "10.8.0.10"
              asn: 65002
            # the second rack
            - asn: 65002 # in another order
              ip: 10.8.0.11
            addressPools:
            - name: pool1
              addresses: [10.0.0.0/30]

        """;

    private static readonly YamlManifestFormat Format = new();

    [Fact]
    public void A_record_that_did_not_change_changes_nothing() => Assert.Equal(Text, Update(cluster => cluster));

    [Fact]
    public void One_field_changes_in_its_place() =>
        Assert.Equal(Text.Replace("localASN: 65001", "localASN: 65009", StringComparison.Ordinal), Update(cluster => Balancer(cluster, spec => spec with { LocalAsn = 65009 })));

    [Fact]
    public void An_item_that_is_added_leaves_the_others_with_their_comments() =>
        Assert.Equal(
            Text.Replace("      ip: 10.8.0.11\n", "      ip: 10.8.0.11\n    - ip: 10.8.0.12\n      asn: 65002\n", StringComparison.Ordinal),
            Update(cluster => Balancer(cluster, spec => spec with { BgpPeers = spec.BgpPeers.Add(new(IPAddress.Parse("10.8.0.12"), 65002)) })));

    [Fact]
    public void An_item_that_is_removed_takes_its_own_lines() =>
        Assert.Equal(
            Text.Replace("    - ip: \"10.8.0.10\"\n      asn: 65002\n", "", StringComparison.Ordinal),
            Update(cluster => Balancer(cluster, spec => spec with { BgpPeers = spec.BgpPeers.RemoveAt(0) })));

    [Fact]
    public void A_field_that_was_not_there_comes_behind_the_others() =>
        Assert.Equal(
            Text + "    nodePoolSpec:\n      nodes:\n      - address: 10.0.1.20\n",
            Update(cluster => Balancer(cluster, spec => spec with { NodePool = [IPAddress.Parse("10.0.1.20")] })));

    [Fact]
    public void A_new_resource_is_written_as_people_write_it()
    {
        BgpPeerResource peer = new() { Metadata = new() { Name = "peer1", Namespace = "cluster-bm" }, LocalAsn = 65001, PeerAsn = 65002, PeerIP = IPAddress.Parse("10.9.0.10"), Sessions = 2 };
        ManifestFile file = Format.Parse(Text, "cluster.yaml");
        string written = Format.Write(file, [.. file.Documents, new("", 0, ResourceTree.Of(peer))]);
        Assert.Equal(Text + """
            ---
            apiVersion: networking.gke.io/v1
            kind: BGPPeer
            metadata:
              name: peer1
              namespace: cluster-bm
            spec:
              localASN: 65001
              peerASN: 65002
              peerIP: 10.9.0.10
              sessions: 2

            """, written);
    }

    private static string Update(Func<ClusterResource, ClusterResource> change)
    {
        ManifestFile file = Format.Parse(Text, "cluster.yaml");
        ClusterResource before = (ClusterResource)Assert.Single(ResourceReader.Read(file.Documents).Resources).Resource;
        ManifestDocument document = file.Documents[1];
        return Format.Write(file, [file.Documents[0], document with { Root = ResourceUpdate.Apply(document.Root, before, change(before)) }]);
    }

    private static ClusterResource Balancer(ClusterResource cluster, Func<LoadBalancerSpec, LoadBalancerSpec> change) => cluster with { LoadBalancer = change(cluster.LoadBalancer) };
}
