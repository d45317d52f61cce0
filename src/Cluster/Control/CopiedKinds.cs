using BgpLoadBalancer.Cluster.Control.Observation;
using BgpLoadBalancer.Cluster.Control.Reconciling;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Control;

/// <summary>The kinds that go from the admin cluster to the user cluster, with both sides in view (R36).</summary>
internal sealed class CopiedKinds(ClusterObserver observer, ClusterStores stores, string source)
{
    private readonly Copies _copies = new(source);
    private readonly ResourceCache<SecretResource> _secrets = observer.Hub.Add<SecretResource>(stores.Configuration, stores.Namespace);
    private readonly ResourceCache<ClusterResource> _clusterCopies = observer.Hub.Add<ClusterResource>(stores.Workload, stores.Namespace);
    private readonly ResourceCache<NetworkGatewayGroupResource> _groupCopies = observer.Hub.Add<NetworkGatewayGroupResource>(stores.Workload, stores.Namespace);
    private readonly ResourceCache<BgpLoadBalancerResource> _balancerCopies = observer.Hub.Add<BgpLoadBalancerResource>(stores.Workload, stores.Namespace);
    private readonly ResourceCache<BgpPeerResource> _peerCopies = observer.Hub.Add<BgpPeerResource>(stores.Workload, stores.Namespace);
    private readonly ResourceCache<SecretResource> _secretCopies = observer.Hub.Add<SecretResource>(stores.Workload, stores.Namespace);

    /// <summary>With the hub's lock held.</summary>
    public void Of(PassWrites writes)
    {
        HashSet<string> named = [.. observer.Peers.All.Select(peer => peer.PasswordSecret).OfType<string>()];
        _copies.Of(observer.Clusters.All, _clusterCopies.All, writes);
        _copies.Of(observer.Groups.All, _groupCopies.All, writes);
        _copies.Of(observer.Balancers.All, _balancerCopies.All, writes);
        _copies.Of(_secrets.All.Where(secret => named.Contains(secret.Metadata.Name)), _secretCopies.All, writes);
        _copies.Of(observer.Peers.All, _peerCopies.All, writes);
    }
}
