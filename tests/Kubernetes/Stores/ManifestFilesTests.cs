using System.Collections.Immutable;
using System.Net;
using BgpLoadBalancer.Cluster.Documents;
using BgpLoadBalancer.Cluster.Reading;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;
using BgpLoadBalancer.Cluster.Validation;
using BgpLoadBalancer.Kubernetes.Manifests;

namespace BgpLoadBalancer.Kubernetes.Tests.Stores;

/// <summary>The embedded store's files: read, changed through the store, written back.</summary>
public sealed class ManifestFilesTests
{
    private const string ClusterText = """
        gcrKeyPath: keys/gcr.json # not ours
        ---
        apiVersion: baremetal.cluster.gke.io/v1
        kind: Cluster
        metadata: {name: bm, namespace: cluster-bm}
        spec:
          type: user
          profile: default # not ours either
          loadBalancer:
            type: bgp
            localASN: 65001
            bgpPeers:
            # the first rack
            - {ip: 10.8.0.10, asn: 65002}
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: other}

        """;

    private const string PeersText = """
        # the first router
        apiVersion: networking.gke.io/v1
        kind: BGPPeer
        metadata: {name: peer1, namespace: cluster-bm}
        spec:
          localASN: 65001
          peerASN: 65003 # theirs
          peerIP: 10.9.0.10
          sessions: 2
        ---
        # the second router
        apiVersion: networking.gke.io/v1
        kind: BGPPeer
        metadata: {name: peer2, namespace: cluster-bm}
        spec:
          localASN: 65001
          peerASN: 65003
          peerIP: 10.9.0.11
          sessions: 2

        """;

    private const string NodesText = """
        apiVersion: v1
        kind: List
        items:
        - apiVersion: v1
          kind: Node
          metadata: {name: node-01} # first
          status:
            addresses: [{type: InternalIP, address: 10.0.1.10}]
            conditions: [{type: Ready, status: "False"}]
        - apiVersion: v1
          kind: Service
          metadata: {name: web}
          spec: {type: LoadBalancer, ports: [{port: 80}]}
          status:
            loadBalancer:
              ingress: [{ip: 10.0.0.1}]
        - apiVersion: v1
          kind: Pod
          metadata: {name: others}

        """;

    private static readonly YamlManifestFormat Format = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_the_files_say_is_in_the_store_with_its_status()
    {
        ManifestClusterStore store = Load();
        Assert.Empty(store.Findings.Where(finding => finding.Severity == FindingSeverity.Error && finding.Resource.StartsWith("BGPPeer", StringComparison.Ordinal)));
        Assert.Equal(2, (await store.ListAsync<BgpPeerResource>("cluster-bm", Stop)).Items.Length);
        NodeResource? node = await store.GetAsync<NodeResource>("", "node-01", Stop);
        Assert.Equal([IPAddress.Parse("10.0.1.10")], node!.InternalIPs);
        Assert.False(node.Ready);
        ServiceResource? service = await store.GetAsync<ServiceResource>("default", "web", Stop);
        Assert.Equal([IPAddress.Parse("10.0.0.1")], service!.Addresses);
        Assert.NotNull(service.Metadata.Uid);
        Assert.NotNull(service.Metadata.ResourceVersion);
    }

    [Fact]
    public void Without_a_change_the_files_stay_as_they_are() =>
        Assert.Equal([("cluster.yaml", ClusterText, false), ("peers.yaml", PeersText, false), ("nodes.yaml", NodesText, false)], Written(Load()));

    [Fact]
    public async Task A_change_is_written_in_its_place()
    {
        ManifestClusterStore store = Load();
        BgpPeerResource peer = await PeerAsync(store, "peer1");
        await store.UpdateAsync(peer with { PeerAsn = 65009, Metadata = peer.Metadata with { Labels = peer.Metadata.Labels.Add("rack", "r1") } }, Stop);
        string expected = PeersText
            .Replace("peerASN: 65003 # theirs", "peerASN: 65009 # theirs", StringComparison.Ordinal)
            .Replace("metadata: {name: peer1, namespace: cluster-bm}", "metadata: {name: peer1, namespace: cluster-bm, labels: {rack: r1}}", StringComparison.Ordinal);
        Assert.Equal([("cluster.yaml", ClusterText, false), ("peers.yaml", expected, true), ("nodes.yaml", NodesText, false)], Written(store));
    }

    [Fact]
    public async Task A_change_that_is_taken_back_is_none()
    {
        ManifestClusterStore store = Load();
        BgpPeerResource changed = await store.UpdateAsync(await PeerAsync(store, "peer1") with { PeerAsn = 65009 }, Stop);
        await store.UpdateAsync(changed with { PeerAsn = 65003 }, Stop);
        Assert.All(Written(store), file => Assert.False(file.IsChanged));
    }

    [Fact]
    public async Task What_is_new_comes_last_in_the_file_of_its_kind_and_what_is_deleted_goes()
    {
        ManifestClusterStore store = Load();
        await store.DeleteAsync<BgpPeerResource>("cluster-bm", "peer1", null, Stop);
        BgpPeerResource peer2 = await PeerAsync(store, "peer2");
        await store.CreateAsync(peer2 with { Metadata = peer2.Metadata with { Name = "peer3" }, PeerIP = IPAddress.Parse("10.9.0.12") }, Stop);
        await store.CreateAsync(new NetworkGatewayGroupResource { Metadata = new() { Name = "default", Namespace = "cluster-bm" }, FloatingIPs = [IPAddress.Parse("10.0.1.100")] }, Stop);
        (string Path, string Text, bool IsChanged)[] files = Written(store);
        Assert.StartsWith(ClusterText, files[0].Text, StringComparison.Ordinal);
        Assert.Contains("kind: NetworkGatewayGroup", files[0].Text, StringComparison.Ordinal);
        Assert.DoesNotContain("peer1", files[1].Text, StringComparison.Ordinal);
        Assert.Contains("# the second router", files[1].Text, StringComparison.Ordinal);
        Assert.EndsWith("sessions: 2\n", files[1].Text, StringComparison.Ordinal);
        Assert.Equal(NodesText, files[2].Text);
        Assert.DoesNotContain("uid", string.Concat(files.Select(file => file.Text)), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("resourceVersion", string.Concat(files.Select(file => file.Text)), StringComparison.Ordinal);
        ManifestClusterStore again = ManifestClusterStore.Load(files.Select(file => Format.Parse(file.Text, file.Path)), new() { Seed = 2 });
        Assert.Equal(["peer2", "peer3"], (await again.ListAsync<BgpPeerResource>(null, Stop)).Items.Select(peer => peer.Metadata.Name));
        Assert.Equal(IPAddress.Parse("10.9.0.12"), (await PeerAsync(again, "peer3")).PeerIP);
    }

    [Fact]
    public async Task Items_of_a_list_change_and_go_one_by_one()
    {
        ManifestClusterStore store = Load();
        ServiceResource service = (await store.GetAsync<ServiceResource>("default", "web", Stop))!;
        await store.UpdateStatusAsync(service with { Addresses = [IPAddress.Parse("10.0.0.2")] }, Stop);
        Assert.Equal(NodesText.Replace("10.0.0.1}", "10.0.0.2}", StringComparison.Ordinal), Written(store)[2].Text);
        await store.DeleteAsync<NodeResource>("", "node-01", null, Stop);
        string text = Written(store)[2].Text;
        Assert.DoesNotContain("node-01", text, StringComparison.Ordinal);
        Assert.Contains("10.0.0.2", text, StringComparison.Ordinal);
        Assert.Contains("kind: Pod", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_deleted_and_created_again_keeps_nothing_of_its_old_document()
    {
        ManifestClusterStore store = Load();
        BgpPeerResource peer = await PeerAsync(store, "peer1");
        await store.DeleteAsync<BgpPeerResource>("cluster-bm", "peer1", null, Stop);
        await store.CreateAsync(peer, Stop);
        string text = Written(store)[1].Text;
        Assert.DoesNotContain("# theirs", text, StringComparison.Ordinal);
        Assert.Single(text.Split('\n'), line => line.Contains("peer1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_came_from_another_file_is_written_with_all_that_stood_there()
    {
        const string Brought = "apiVersion: v1\nkind: NodeList\nitems:\n- metadata: {name: node-02, labels: {a: b}}\n  spec: {podCIDR: 192.168.2.0/24}\n";
        ManifestClusterStore store = Load();
        SourcedResource source = Assert.Single(ResourceReader.Read(Format.Parse(Brought, "other.yaml").Documents).Resources);
        NodeResource node = await store.CreateAsync((NodeResource)source.Resource, Stop);
        Assert.DoesNotContain("node-02", Written(store)[2].Text, StringComparison.Ordinal);
        store.Bring(node.Metadata.Uid!, source);
        _ = await store.UpdateAsync(node with { Metadata = node.Metadata with { Labels = node.Metadata.Labels.Add("c", "d") } }, Stop);
        string text = Written(store)[2].Text;
        Assert.StartsWith(NodesText, text, StringComparison.Ordinal);
        ManifestFile file = Format.Parse(text[NodesText.Length..], "new.yaml");
        DocumentMapping root = Assert.IsType<DocumentMapping>(Assert.Single(file.Documents).Root);
        Assert.Equal(["apiVersion", "kind", "metadata", "spec"], root.Entries.Select(entry => entry.Key.Text));
        Assert.Equal("192.168.2.0/24", DocumentPath.Find(root, "spec.podCIDR", out _).ToString());
        Assert.Equal("a=b c=d", string.Join(' ', Assert.Single(ResourceReader.Read(file.Documents).Resources).Resource.Metadata.Labels.Select(label => $"{label.Key}={label.Value}")));
        Assert.True(await store.DeleteAsync<NodeResource>("", "node-02", null, Stop));
        Assert.Equal(NodesText, Written(store)[2].Text);
    }

    [Fact]
    public void A_password_is_not_carried_from_file_to_file()
    {
        SourcedResource secret = Assert.Single(ResourceReader.Read(Format.Parse("apiVersion: v1\nkind: Secret\nmetadata: {name: tor}\n", "other.yaml").Documents).Resources);
        Assert.Throws<ArgumentException>(() => Load().Bring("any", secret));
    }

    [Fact]
    public async Task An_empty_store_is_written_to_a_file_of_its_own()
    {
        ManifestClusterStore store = new(new() { Seed = 1 });
        BgpPeerResource peer = await store.CreateAsync(new BgpPeerResource { Metadata = new() { Name = "peer1", Namespace = "cluster-bm" }, LocalAsn = 65001, PeerAsn = 65002, PeerIP = IPAddress.Parse("10.9.0.10") }, Stop);
        (string path, string text, bool isChanged) = Assert.Single(Written(store));
        Assert.Equal(("new.yaml", true), (path, isChanged));
        BgpPeerResource read = await PeerAsync(ManifestClusterStore.Load([Format.Parse(text, path)], new() { Seed = 1 }), "peer1");
        Assert.True(ResourceContent.Same(peer with { Metadata = read.Metadata }, read));
    }

    [Fact]
    public async Task The_rules_see_every_object_as_it_is_now_and_where_it_stands()
    {
        ManifestClusterStore store = Load();
        await store.UpdateAsync(await PeerAsync(store, "peer2") with { PeerIP = IPAddress.Parse("10.9.0.12") }, Stop);
        await store.DeleteAsync<NodeResource>("", "node-01", null, Stop);
        ServiceResource created = await store.CreateAsync(new ServiceResource { Metadata = new() { Name = "new", Namespace = "default" }, IsLoadBalancer = true }, Stop);
        ImmutableArray<SourcedResource> sources = store.Sources();
        Assert.Equal(["Cluster cluster-bm/bm", "BGPPeer cluster-bm/peer1", "BGPPeer cluster-bm/peer2", "Service default/web", "Service default/new"], sources.Select(source => source.Title));
        Assert.Same(created, sources[4].Resource);
        Assert.Equal(IPAddress.Parse("10.9.0.12"), ((BgpPeerResource)sources[2].Resource).PeerIP);
        Assert.Equal("10.9.0.12", sources[2].Find("spec.peerIP")?.ToString());
        // A third peer at the second one's new address.
        BgpPeerResource third = await PeerAsync(store, "peer2");
        ImmutableArray<Finding> findings = ConfigurationRules.CheckOne(sources, SourcedResource.Of(third with { Metadata = third.Metadata with { Name = "peer3" } }));
        Assert.Contains(findings, finding => finding.Severity == FindingSeverity.Error && finding.Message.Contains("peer2 has the same peerIP", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_uid_of_a_document_stays_with_the_first_that_has_it()
    {
        string text = PeersText.Replace("{name: peer", "{uid: 7, name: peer", StringComparison.Ordinal);
        ManifestClusterStore store = ManifestClusterStore.Load([Format.Parse(text, "peers.yaml")], new() { Seed = 1 });
        Assert.Equal("7", (await PeerAsync(store, "peer1")).Metadata.Uid);
        Assert.NotEqual("7", (await PeerAsync(store, "peer2")).Metadata.Uid);
        Assert.False(Assert.Single(store.Write(Format, "")).IsChanged);
    }

    [Theory]
    [InlineData("a: [", "bad.yaml, line 2: While parsing")]
    [InlineData("apiVersion: v1\nkind: Node\nmetadata: {}\n", "bad.yaml, line 1: '' is no name for a Node")]
    [InlineData("apiVersion: networking.gke.io/v1\nkind: BGPPeer\nmetadata: {name: peer9}\nspec: {localASN: 1, peerASN: 2, peerIP: 10.9.0.19}\n", "bad.yaml, line 1: BGPPeer peer9 needs a namespace")]
    [InlineData("# twice\n" + PeersText, "bad.yaml, line 3: There is a BGPPeer cluster-bm/peer1 already.")]
    public void What_cannot_be_stored_is_refused_with_its_place(string text, string message)
    {
        ClusterStoreException refusal = Assert.Throws<ClusterStoreException>(() => ManifestClusterStore.Load([Format.Parse(PeersText, "peers.yaml"), Format.Parse(text, "bad.yaml")], new() { Seed = 1 }));
        Assert.Equal(StoreError.Invalid, refusal.Error);
        Assert.StartsWith(message, refusal.Message, StringComparison.Ordinal);
    }

    private static ManifestClusterStore Load() =>
        ManifestClusterStore.Load([Format.Parse(ClusterText, "cluster.yaml"), Format.Parse(PeersText, "peers.yaml"), Format.Parse(NodesText, "nodes.yaml")], new() { Seed = 1 });

    private static (string Path, string Text, bool IsChanged)[] Written(ManifestClusterStore store) => [.. store.Write(Format, "new.yaml").Select(file => (file.Path, file.Text, file.IsChanged))];

    private static async Task<BgpPeerResource> PeerAsync(ManifestClusterStore store, string name)
    {
        BgpPeerResource? peer = await store.GetAsync<BgpPeerResource>("cluster-bm", name, Stop);
        Assert.NotNull(peer);
        return peer;
    }
}
