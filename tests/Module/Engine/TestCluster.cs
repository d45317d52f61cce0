using BgpLoadBalancer.PowerShell.Models;

namespace BgpLoadBalancer.Module.Tests.Engine;

/// <summary>A cluster from manifests, connected under a name that no other test has: three control-plane nodes, two BGPPeers, everything as the rules want it.</summary>
internal sealed class TestCluster : IDisposable
{
    public const string Manifests = """
        apiVersion: baremetal.cluster.gke.io/v1
        kind: Cluster
        metadata:
          name: bm
          namespace: cluster-bm
        spec:
          type: user
          clusterNetwork:
            advancedNetworking: true
          controlPlane:
            nodePoolSpec:
              nodes:
              - address: 10.0.1.10
              - address: 10.0.1.11
              - address: 10.0.1.12
          loadBalancer:
            mode: bundled
            type: bgp
            localASN: 65001
            bgpPeers:
            - ip: 10.8.0.10
              asn: 65002
            - ip: 10.8.0.11
              asn: 65002
              controlPlaneNodes: [10.0.1.10, 10.0.1.11]
            vips:
              controlPlaneVIP: 10.0.0.8
              ingressVIP: 10.0.0.1
            addressPools:
            - name: pool1
              addresses: [10.0.0.1-10.0.0.4]
        ---
        apiVersion: networking.gke.io/v1
        kind: NetworkGatewayGroup
        metadata:
          name: default
          namespace: cluster-bm
        spec:
          floatingIPs: [10.0.1.100, 10.0.1.101]
        ---
        apiVersion: networking.gke.io/v1
        kind: BGPLoadBalancer
        metadata:
          name: default
          namespace: cluster-bm
        spec:
          peerSelector:
            serves: "true"
        ---
        apiVersion: networking.gke.io/v1
        kind: BGPPeer
        metadata:
          name: tor1
          namespace: cluster-bm
          labels:
            rack: r1
            serves: "true"
        spec: {localASN: 65001, peerASN: 65003, peerIP: 10.9.0.10, sessions: 2}
        ---
        apiVersion: networking.gke.io/v1
        kind: BGPPeer
        metadata:
          name: tor2
          namespace: cluster-bm
          labels:
            serves: "true"
        spec: {localASN: 65001, peerASN: 65003, peerIP: 10.9.0.11, sessions: 2}
        ---
        apiVersion: v1
        kind: Node
        metadata:
          name: node-1
          annotations:
            networking.gke.io/bgp-node-addresses: "10.0.1.10/24"
        status:
          addresses:
          - {type: InternalIP, address: 10.0.1.10}
        ---
        apiVersion: v1
        kind: Node
        metadata:
          name: node-2
          annotations:
            networking.gke.io/bgp-node-addresses: "10.0.1.11/24"
        status:
          addresses:
          - {type: InternalIP, address: 10.0.1.11}
        ---
        apiVersion: v1
        kind: Node
        metadata:
          name: node-3
          annotations:
            networking.gke.io/bgp-node-addresses: "10.0.1.12/24"
        status:
          addresses:
          - {type: InternalIP, address: 10.0.1.12}
        """;

    private static int s_number;

    private readonly Shell _shell;

    /// <param name="change">Makes other manifests of <see cref="Manifests"/>.</param>
    public TestCluster(Shell shell, Func<string, string>? change = null)
    {
        _shell = shell;
        Name = $"cluster-{Interlocked.Increment(ref s_number)}";
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, change?.Invoke(Manifests) ?? Manifests);
            shell.One<BgpCluster>($"Connect-BgpCluster -Path '{file}' -Name {Name} -WarningAction SilentlyContinue");
        }
        finally
        {
            File.Delete(file);
        }
    }

    public string Name { get; }

    /// <summary>The manifests without the documents of a kind; all of them for an empty one.</summary>
    public static string Without(string kind, string manifests) =>
        string.Join("\n---\n", manifests.Split("\n---\n").Where(document => kind.Length == 0 || !document.Contains($"\nkind: {kind}\n", StringComparison.Ordinal)));

    public void Dispose() => _shell.Run($"Disconnect-BgpCluster {Name}");
}
