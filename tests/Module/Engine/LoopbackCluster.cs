using System.Net;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.Module.Tests.Engine;

/// <summary>
/// A cluster of two nodes and a router, all on loopback in a block of addresses of its own (127.0.BLOCK.0/24) and under names of its own, so that test
/// classes do not meet. Nothing of it runs yet but the router. Disposed, nothing of it is left.
/// </summary>
internal sealed class LoopbackCluster : IDisposable
{
    /// <summary>As short as durations can be.</summary>
    public const string LeaseSettings = "-RenewIntervalSec 0.5 -DropTimeSec 2 -LeaseDurationSec 4 -NodeLeaseDurationSec 3 -ReportIntervalSec 1";

    private const string Manifests = """
        apiVersion: baremetal.cluster.gke.io/v1
        kind: Cluster
        metadata: {name: lo, namespace: cluster-lo}
        spec:
          type: user
          controlPlane: {nodePoolSpec: {nodes: [{address: SUBNET.10}, {address: SUBNET.11}]}}
          clusterNetwork: {advancedNetworking: true}
          loadBalancer:
            mode: bundled
            type: bgp
            localASN: 65001
            bgpPeers: [{ip: SUBNET.1, asn: 65002}]
            vips: {controlPlaneVIP: 203.0.113.200}
            addressPools: [{name: pool1, addresses: [203.0.113.1-203.0.113.9]}]
        ---
        apiVersion: networking.gke.io/v1
        kind: NetworkGatewayGroup
        metadata: {name: default, namespace: cluster-lo}
        spec: {floatingIPs: [SUBNET.100]}
        ---
        apiVersion: networking.gke.io/v1
        kind: BGPLoadBalancer
        metadata: {name: default, namespace: cluster-lo}
        spec: {peerSelector: {serves: "true"}}
        ---
        apiVersion: networking.gke.io/v1
        kind: BGPPeer
        metadata: {name: router, namespace: cluster-lo, labels: {serves: "true"}}
        spec: {localASN: 65001, peerASN: 65002, peerIP: SUBNET.1, peerPort: PORT, sessions: 1NAMED}
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: of-router, namespace: cluster-lo}
        stringData: {password: "PASSWORD"}
        ---
        apiVersion: v1
        kind: Node
        metadata: {name: node-1, annotations: {networking.gke.io/bgp-node-addresses: SUBNET.10/24}}
        status: {addresses: [{type: InternalIP, address: SUBNET.10}]}
        ---
        apiVersion: v1
        kind: Node
        metadata: {name: node-2, annotations: {networking.gke.io/bgp-node-addresses: SUBNET.11/24}}
        status: {addresses: [{type: InternalIP, address: SUBNET.11}]}
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

    private readonly Shell _shell;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("bgp-loopback-");

    /// <param name="block">The third octet of its addresses: one that no other test class has.</param>
    /// <param name="password">Of the session with the router, by a Secret; null for none.</param>
    public LoopbackCluster(Shell shell, int block, string? password = null)
    {
        _shell = shell;
        Name = $"loopback{block}";
        Subnet = $"127.0.{block}";
        string file = Path.Combine(_folder.FullName, "cluster.yaml");
        string secret = password is null ? "" : $" -Password (ConvertTo-TestSecret '{password}')";
        if (password is not null) _ = shell.Run("function ConvertTo-TestSecret([string] $Text) { $s = [securestring]::new(); $Text.ToCharArray() | ForEach-Object { $s.AppendChar($_) }; $s }");
        int port = shell.One<BgpSpeaker>($"Start-BgpSpeaker {Router} 65002 -LocalIPAddress {RouterAddress} -Port 0 -Passive -AddPath Receive").Port!.Value;
        File.WriteAllText(file, Manifests
            .Replace("SUBNET", Subnet, StringComparison.Ordinal)
            .Replace("PORT", $"{port}", StringComparison.Ordinal)
            .Replace("NAMED", password is null ? "" : ", password: of-router", StringComparison.Ordinal)
            .Replace("PASSWORD", password, StringComparison.Ordinal));
        _ = shell.Run($"New-BgpPeer -Speaker {Router} -PeerIPAddress {FloatingIP} -PeerASN 65001{secret}; Connect-BgpCluster '{file}' -Name {Name} -WarningAction Ignore");
        // As if the lease had been given back: the first holder of a new one waits for a whole duration.
        Assert.True(ClusterTable.TryGet(Name, out ConnectedCluster? cluster));
        Cluster = cluster;
        LeaseResource free = new() { Metadata = new() { Name = LeaseNames.OfFloatingIP(IPAddress.Parse(FloatingIP)), Namespace = LeaseNames.SystemNamespace }, DurationSeconds = 4 };
        _ = cluster.Store.CreateAsync(free, TestContext.Current.CancellationToken).Result;
    }

    public string Name { get; }

    public ConnectedCluster Cluster { get; }

    public string Router => $"{Name}-router";

    public string RouterAddress => $"{Subnet}.1";

    public string FloatingIP => $"{Subnet}.100";

    private string Subnet { get; }

    /// <summary>Its store answers from now on only after this, which may throw. For what is started afterwards.</summary>
    public ScriptedStore Script(Func<CancellationToken, Task> before)
    {
        ScriptedStore store = new(Cluster.Store, before);
        ClusterTable.Replace(Cluster with { Store = store });
        return store;
    }

    /// <summary>Where the node lives.</summary>
    public string AddressOf(string node) => $"{Subnet}.1{int.Parse(node["node-".Length..], null) - 1}";

    /// <summary>Starts a controller and the agents of both nodes, and waits for the session.</summary>
    /// <returns>The session.</returns>
    public BgpSession StartAll()
    {
        _ = _shell.Run($"Start-BgpController -Cluster {Name} {LeaseSettings}; Start-BgpNodeAgent * -Loopback -Cluster {Name} {LeaseSettings} -NodeRenewIntervalSec 1");
        return _shell.One<BgpSession>($"Wait-BgpSession {RouterAddress} -TimeoutSec 20 -Cluster {Name}");
    }

    /// <summary>The next hops of the one route that the router has, in order.</summary>
    public string NextHops() => string.Join(' ', _shell.Run($"Get-BgpRoute -Speaker {Router} -Direction Received").Cast<BgpRoute>().Select(route => $"{route.NextHop}").Order(StringComparer.Ordinal));

    /// <summary>Waits for what nodes and routers do by themselves, in real time. Bounded.</summary>
    public static async Task UntilAsync(Func<bool> condition)
    {
        DateTime end = DateTime.UtcNow + s_limit;
        while (!condition())
        {
            Assert.True(DateTime.UtcNow < end, "It does not become so.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    public void Dispose()
    {
        _ = _shell.Invoke($"Stop-BgpNodeAgent * -Cluster {Name}; Stop-BgpController * -Cluster {Name}; Stop-BgpSpeaker {Router}; Disconnect-BgpCluster {Name}");
        _folder.Delete(recursive: true);
    }
}
