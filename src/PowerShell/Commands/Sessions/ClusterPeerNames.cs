using System.Net;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.PowerShell.Commands.Sessions;

/// <summary>What the peers of a cluster's sessions are called, and their ports: by their BGPPeers. Those of the control plane stand in the Cluster and have no name.</summary>
internal sealed class ClusterPeerNames
{
    private readonly string _cluster;
    private readonly Dictionary<IPAddress, BgpPeerResource> _peers = [];

    private ClusterPeerNames(string cluster, IEnumerable<BgpPeerResource> peers)
    {
        _cluster = cluster;
        foreach (BgpPeerResource peer in peers) _peers.TryAdd(peer.PeerIP, peer);
    }

    /// <exception cref="ClusterStoreException">The store did not answer.</exception>
    public static async Task<ClusterPeerNames> ReadAsync(ConnectedCluster cluster, CancellationToken cancellationToken) =>
        new(cluster.Name, (await cluster.Store.ListAsync<BgpPeerResource>(cluster.Namespace, cancellationToken).ConfigureAwait(false)).Items);

    /// <summary>The output object of a session.</summary>
    public BgpSession Describe(BgpSessionResource session) => session.FloatingIP is not null && _peers.TryGetValue(session.PeerIP, out BgpPeerResource? peer)
        ? new(_cluster, session, peer.Metadata.Name, peer.PeerPort ?? BgpPeerOptions.DefaultPort)
        : new(_cluster, session, session.PeerIP.ToString(), null);
}
