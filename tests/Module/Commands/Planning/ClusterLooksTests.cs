using System.Collections.Immutable;
using System.Net;
using BgpLoadBalancer.Cluster;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Module.Tests.Engine;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.Module.Tests.Commands.Planning;

/// <summary>Nodes, services, floating IPs, routes and sessions of a cluster, as the plan wants them and as others wrote them down.</summary>
public sealed class ClusterLooksTests : IDisposable
{
    private readonly Shell _shell = new();
    private readonly ExampleClusters _clusters;

    public ClusterLooksTests() => _clusters = new(_shell);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _clusters.Dispose();
        _shell.Dispose();
    }

    [Fact]
    public void Nodes_with_their_part_and_why_they_take_none()
    {
        string folder = _clusters.Copy("separate-planes");
        string file = Path.Combine(folder, "nodes.yaml");
        string text = File.ReadAllText(file);
        int ready = text.IndexOf("\"True\"", StringComparison.Ordinal);
        File.WriteAllText(file, string.Concat(text.AsSpan(0, ready), "\"False\"", text.AsSpan(ready + 6)));
        string name = _clusters.Connect(folder);
        BgpNode sick = _shell.One<BgpNode>("Get-BgpNode node-01");
        Assert.Equal((IPAddress.Parse("10.0.1.10"), true, true, false, name), (sick.Address, sick.ControlPlane, sick.LoadBalancer, sick.Healthy, sick.Cluster));
        Assert.Equal([IPNetwork.Parse("10.0.1.0/24")], sick.Subnet);
        Assert.NotEmpty(sick.Reason);
        Assert.Equal(["node-04", "node-05"], _shell.Run("Get-BgpNode node-0? | Where-Object { -not $_.ControlPlane } | ForEach-Object Name"));
        Result result = _shell.Invoke("Get-BgpNode node-02, nobody, x*");
        Assert.Equal(["node-02"], result.Output.Select(node => node.ToString()));
        Assert.StartsWith("BgpNodeNotFound,", Assert.Single(result.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void Services_that_are_announced_and_why_others_are_not()
    {
        string folder = _clusters.Copy("dual-stack");
        string file = Path.Combine(folder, "services.yaml");
        File.WriteAllText(file, File.ReadAllText(file).Replace("name: istio-ingress\n  namespace: gke-system\nspec:", "name: istio-ingress\n  namespace: gke-system\nspec:\n  externalTrafficPolicy: Local", StringComparison.Ordinal));
        _clusters.Connect(folder);
        BgpService announced = _shell.One<BgpService>("Get-BgpService load*");
        Assert.Equal(("default", "load-balancer-example", true, "", "pool1", false), (announced.Namespace, announced.Name, announced.Announced, announced.Reason, announced.Pool, announced.IsHeld));
        Assert.Equal(["203.0.113.2", "2001:db8::1"], announced.Address.Select(address => address.ToString()));
        Assert.Equal(6, announced.NextHop.Count);
        BgpService not = _shell.One<BgpService>("Get-BgpService | Where-Object { -not $_.Announced }");
        Assert.Equal("istio-ingress", not.Name);
        Assert.Contains("externalTrafficPolicy", not.Reason, StringComparison.Ordinal);
        Assert.Equal("gke-system/istio-ingress", _shell.One<BgpService>("Get-BgpService gke-system/*").ToString());
        Assert.Equal("istio-ingress", _shell.One<BgpService>("Get-BgpService -Namespace gke-*").Name);
        Assert.Equal("BgpServiceNotFound", _shell.Fail("Get-BgpService nope"));
        Assert.Equal(2, _shell.Run("Get-BgpService | Get-BgpService").Count);
    }

    [Fact]
    public void Services_of_one_name_in_two_namespaces_are_two()
    {
        string folder = _clusters.Copy("same-peers");
        File.AppendAllText(Path.Combine(folder, "services.yaml"), "\n---\napiVersion: v1\nkind: Service\nmetadata: {name: istio-ingress, namespace: other}\nspec: {type: LoadBalancer}\n");
        _clusters.Connect(folder);
        Assert.Equal(["gke-system", "other"], _shell.Run("Get-BgpService istio-ingress | ForEach-Object Namespace"));
    }

    [Fact]
    public async Task A_floating_IP_comes_from_plan_to_status_to_lease()
    {
        IClusterStore store = Store(_clusters.Connect("same-peers"));
        BgpFloatingIP planned = _shell.One<BgpFloatingIP>("Get-BgpFloatingIP 10.0.2.100");
        Assert.Equal((BgpFloatingIPState.Planned, "node-03"), (planned.State, planned.Node));
        NetworkGatewayGroupResource group = (await store.GetAsync<NetworkGatewayGroupResource>("cluster-bm", "default", Stop))!;
        await store.UpdateStatusAsync(group with { Status = [new(IPAddress.Parse("10.0.2.100"), "node-03"), new(IPAddress.Parse("10.0.1.100"), "node-01")] }, Stop);
        Assert.Equal(BgpFloatingIPState.Assigned, _shell.One<BgpFloatingIP>("Get-BgpFloatingIP -Node node-03").State);
        await store.CreateAsync(new LeaseResource { Metadata = new() { Name = LeaseNames.OfFloatingIP(IPAddress.Parse("10.0.1.100")), Namespace = LeaseNames.SystemNamespace }, Holder = "node-02", DurationSeconds = 15 }, Stop);
        BgpFloatingIP held = _shell.One<BgpFloatingIP>("Get-BgpFloatingIP 10.0.1.100");
        Assert.Equal((BgpFloatingIPState.Held, "node-02", "It is to go to node node-01."), (held.State, held.Node, held.Reason));
        Assert.Equal("BgpFloatingIPNotFound", _shell.Fail("Get-BgpFloatingIP 10.0.1.99"));
    }

    [Fact]
    public void A_floating_IP_that_no_node_can_take_says_why()
    {
        string folder = _clusters.Copy("same-peers");
        string file = Path.Combine(folder, "cluster.yaml");
        File.WriteAllText(file, File.ReadAllText(file).Replace("- 10.0.2.100", "- 10.9.9.9", StringComparison.Ordinal));
        _clusters.Connect(folder);
        BgpFloatingIP floating = _shell.One<BgpFloatingIP>("Get-BgpFloatingIP 10.9.9.9");
        Assert.Equal((BgpFloatingIPState.Unassigned, null), (floating.State, floating.Node));
        Assert.Contains("subnet", floating.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Routes_are_the_plans_until_a_controller_writes_them()
    {
        IClusterStore store = Store(_clusters.Connect("dual-stack"));
        BgpAdvertisedRoute planned = _shell.One<BgpAdvertisedRoute>("Get-BgpAdvertisedRoute 2001:db8::1");
        Assert.Equal(("default-default-load-balancer-example-ipv6", IPNetwork.Parse("2001:db8::1/128"), null, BgpRouteSource.Plan), (planned.Name, planned.Prefix, planned.Metric, planned.Source));
        Assert.Equal(3, planned.NextHop.Count);
        Assert.Equal(2, _shell.Run("Get-BgpService load* | Get-BgpAdvertisedRoute").Count);
        Assert.Equal(2, _shell.Run("Get-BgpAdvertisedRoute 203.*").Count);
        Assert.Single(_shell.Run("Get-BgpAdvertisedRoute -Name *-ipv6"));
        Assert.Equal("BgpAdvertisedRouteNotFound", _shell.Fail("Get-BgpAdvertisedRoute 203.0.113.99"));
        Assert.Equal("BgpAdvertisedRouteNotFound", _shell.Fail("Get-BgpAdvertisedRoute -Name none"));
        await store.CreateAsync(
            new BgpAdvertisedRouteResource
            {
                Metadata = new() { Name = "written", Namespace = LeaseNames.SystemNamespace },
                ServiceNamespace = "default",
                ServiceName = "load-balancer-example",
                Prefix = IPNetwork.Parse("203.0.113.2/32"),
                Metric = 10,
                NextHops = [new("node-02", IPAddress.Parse("10.0.1.11"))],
            },
            Stop);
        BgpAdvertisedRoute written = _shell.One<BgpAdvertisedRoute>("Get-BgpAdvertisedRoute");
        Assert.Equal(("written", 10u, BgpRouteSource.Controller, "node-02"), (written.Name, written.Metric, written.Source, written.Node[0]));
    }

    [Fact]
    public async Task Sessions_are_those_that_nodes_report()
    {
        string name = _clusters.Connect("separate-planes");
        IClusterStore store = Store(name);
        Assert.Empty(_shell.Run("Get-BgpSession"));
        BgpSessionResource session = await store.CreateAsync(Session("10.0.3.254-node-04", "node-04", "10.0.3.254") with { FloatingIP = IPAddress.Parse("10.0.3.100") }, Stop);
        await store.CreateAsync(Session("10.0.1.254-node-01-control-plane", "node-01", "10.0.1.254"), Stop);
        ImmutableArray<IPNetwork> routes = [IPNetwork.Parse("10.0.0.1/32")];
        await store.UpdateStatusAsync(session with { Status = new() { State = "Established", LastReportTime = DateTimeOffset.UnixEpoch, AdvertisedRoutes = routes, Flaps = 2, AddPath = true } }, Stop);
        BgpSession up = _shell.One<BgpSession>("Get-BgpPeer | Get-BgpSession");
        Assert.Equal(("10.0.3.254-node-04", "node-04", "bgppeer1", BgpReportedState.Established, 2L, true), (up.Name, up.Node, up.Peer, up.State, up.Flaps, up.AddPath));
        Assert.Equal((name, null, IPAddress.Parse("10.0.3.100"), DateTimeOffset.UnixEpoch), (up.Cluster, up.Speaker, up.FloatingIPAddress, up.LastReport));
        BgpSession silent = _shell.One<BgpSession>("Get-BgpSession -Node node-01");
        Assert.Equal((BgpReportedState.Unknown, null, null, "10.0.1.254"), (silent.State, silent.LastReport, silent.FloatingIPAddress, silent.Peer));
        Assert.Equal("10.0.1.254-node-01-control-plane", _shell.One<BgpSession>("Get-BgpSession -State Unknown").Name);
        Assert.Equal("BgpSessionNotFound", _shell.Fail("Get-BgpSession 10.9.9.9"));
        Assert.Empty(_shell.Run("Get-BgpSession -Node node-02, x*; Get-BgpNode | Get-BgpSession | Where-Object Node -eq node-02"));
        Assert.Contains("has no node 'nod-02'. Did you mean 'node-02'?", Assert.Single(_shell.Invoke("Get-BgpSession -Node nod-02").Errors).ToString(), StringComparison.Ordinal);
        Assert.Equal("BgpNodeNotFound", _shell.Fail("Get-BgpFloatingIP -Node node-02, nobody"));
        Assert.Equal("BgpSpeakerNotNamed", _shell.Fail("Get-BgpSession 10.0.3.254 | Get-BgpStatistics"));
    }

    [Fact]
    public void A_cluster_in_the_pipeline_says_where_and_not_what()
    {
        string name = _clusters.Connect("separate-planes");
        _clusters.Connect("same-peers");
        Assert.Equal(5, _shell.Run($"Get-BgpCluster {name} | Get-BgpNode").Count);
        Assert.Equal(2, _shell.Run($"Get-BgpCluster {name} | Get-BgpService").Count);
        Assert.Equal(2, _shell.Run($"Get-BgpCluster {name} | Get-BgpFloatingIP").Count);
        Assert.Equal(2, _shell.Run($"Get-BgpCluster {name} | Get-BgpAdvertisedRoute").Count);
        Assert.Single(_shell.Run($"Get-BgpCluster {name} | Get-BgpPeer"));
        Assert.Equal("node-05", _shell.One<BgpNode>($"Get-BgpCluster {name} | Get-BgpNode node-05").Name);
    }

    private static IClusterStore Store(string name) => ClusterTable.TryGet(name, out ConnectedCluster? cluster) ? cluster.Store : throw new InvalidOperationException(name);

    private static BgpSessionResource Session(string name, string node, string peer) => new()
    {
        Metadata = new() { Name = name, Namespace = LeaseNames.SystemNamespace },
        NodeName = node,
        PeerIP = IPAddress.Parse(peer),
        LocalIP = IPAddress.Parse("10.0.3.100"),
        LocalAsn = 65001,
        PeerAsn = 65002,
    };
}
