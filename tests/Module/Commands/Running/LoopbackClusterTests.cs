using BgpLoadBalancer.Module.Tests.Engine;
using BgpLoadBalancer.PowerShell.Models;

namespace BgpLoadBalancer.Module.Tests.Commands.Running;

/// <summary>A whole cluster in one process: a controller, two agents on loopback and a router (R19, R22–R24, R38).</summary>
public sealed class LoopbackClusterTests : IDisposable
{
    private const string Manifests = """
        apiVersion: baremetal.cluster.gke.io/v1
        kind: Cluster
        metadata: {name: lo, namespace: cluster-lo}
        spec:
          type: user
          controlPlane: {nodePoolSpec: {nodes: [{address: 127.0.1.10}, {address: 127.0.1.11}]}}
          clusterNetwork: {advancedNetworking: true}
          loadBalancer:
            mode: bundled
            type: bgp
            localASN: 65001
            bgpPeers: [{ip: 127.0.1.1, asn: 65002, port: 18279}]
            vips: {controlPlaneVIP: 203.0.113.200}
            addressPools: [{name: pool1, addresses: [203.0.113.1-203.0.113.9]}]
        ---
        apiVersion: networking.gke.io/v1
        kind: NetworkGatewayGroup
        metadata: {name: default, namespace: cluster-lo}
        spec: {floatingIPs: [127.0.1.100]}
        ---
        apiVersion: v1
        kind: Node
        metadata: {name: node-1, annotations: {networking.gke.io/bgp-node-addresses: 127.0.1.10/24}}
        status: {addresses: [{type: InternalIP, address: 127.0.1.10}]}
        ---
        apiVersion: v1
        kind: Node
        metadata: {name: node-2, annotations: {networking.gke.io/bgp-node-addresses: 127.0.1.11/24}}
        status: {addresses: [{type: InternalIP, address: 127.0.1.11}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: default}
        spec: {type: LoadBalancer}
        ---
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {name: web-1, namespace: default, labels: {kubernetes.io/service-name: web}}
        endpoints: [{addresses: [192.168.0.5]}]
        """;

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);
    private readonly Shell _shell = new();
    private readonly string _file = Path.Combine(Directory.CreateTempSubdirectory("bgp-loopback-").FullName, "cluster.yaml");

    public LoopbackClusterTests()
    {
        File.WriteAllText(_file, Manifests);
        _ = _shell.Run($"""
            Connect-BgpCluster '{_file}' -Name loopback -WarningAction Ignore
            Start-BgpSpeaker loopback-router -LocalASN 65002 -LocalIPAddress 127.0.1.1 -Port 18279 -Passive -AddPath Receive
            New-BgpPeer -Speaker loopback-router -PeerIPAddress 127.0.1.100 -PeerASN 65001
            """);
    }

    [Fact]
    public async Task A_killed_nodes_floating_IP_and_next_hops_move_and_everything_stops_in_order()
    {
        _ = _shell.Run("""
            Start-BgpController -RenewIntervalSec 0.5 -DropTimeSec 2 -LeaseDurationSec 4 -NodeLeaseDurationSec 3
            Start-BgpNodeAgent * -Loopback -RenewIntervalSec 0.5 -DropTimeSec 2 -LeaseDurationSec 4 -NodeRenewIntervalSec 1 -NodeLeaseDurationSec 3
            """);
        await BecomesAsync("127.0.1.10 127.0.1.11");
        BgpFloatingIP held = _shell.One<BgpFloatingIP>("Get-BgpFloatingIP");
        Assert.Equal("Leading", _shell.One<BgpController>("Get-BgpController").State.ToString());
        Assert.Equal(2, _shell.Run("Get-BgpNodeAgent").Count);

        _ = _shell.Run($"Stop-BgpNodeAgent {held.Node} -Abrupt");
        string other = held.Node == "node-1" ? "node-2" : "node-1";
        await BecomesAsync(other == "node-1" ? "127.0.1.10" : "127.0.1.11");
        await UntilAsync(() => _shell.One<BgpFloatingIP>("Get-BgpFloatingIP").Node == other);
        Assert.Equal(other, _shell.One<BgpSession>("Get-BgpSession").Node);

        _ = _shell.Run("Stop-BgpNodeAgent *; Stop-BgpController *");
        await BecomesAsync("");
        Assert.Empty(_shell.Run("Get-BgpNodeAgent; Get-BgpController"));
    }

    [Fact]
    public void A_reconciliation_on_request_does_what_it_said()
    {
        IReadOnlyList<object> said = _shell.Run("Get-BgpPlan");
        Assert.NotEmpty(said);
        Assert.Equal(said.Cast<BgpPlanStep>().Select(Text), _shell.Run("Invoke-BgpReconciliation").Cast<BgpPlanStep>().Select(Text));
        Assert.Empty(_shell.Run("Invoke-BgpReconciliation"));

        static string Text(BgpPlanStep step) => $"{step.Action} {step.Kind} {step.Name}";
    }

    public void Dispose()
    {
        _ = _shell.Invoke("Stop-BgpNodeAgent *; Stop-BgpController *; Stop-BgpSpeaker loopback-router; Disconnect-BgpCluster loopback");
        _shell.Dispose();
        Directory.Delete(Path.GetDirectoryName(_file)!, recursive: true);
    }

    // The next hops of the one route that the router has.
    private Task BecomesAsync(string nextHops) =>
        UntilAsync(() => string.Join(' ', _shell.Run("Get-BgpRoute -Speaker loopback-router -Direction Received").Cast<BgpRoute>().Select(route => $"{route.NextHop}").Order(StringComparer.Ordinal)) == nextHops);

    // Processes and leases take real time here.
    private static async Task UntilAsync(Func<bool> condition)
    {
        DateTime end = DateTime.UtcNow + s_limit;
        while (!condition())
        {
            Assert.True(DateTime.UtcNow < end, "It does not become so.");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }
}
