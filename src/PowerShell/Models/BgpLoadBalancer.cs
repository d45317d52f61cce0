using System.Collections;
using BgpLoadBalancer.Cluster.Reading;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.PowerShell.Models;

/// <summary>Which BGPPeers serve the services of a cluster (R17, R27).</summary>
public sealed class BgpLoadBalancer : IClusterObject
{
    internal BgpLoadBalancer(BgpLoadBalancerResource resource, string cluster)
    {
        Name = resource.Metadata.Name;
        PeerSelector = LabelTable.Of(resource.PeerSelector);
        Cluster = cluster;
    }

    public string Name { get; }

    /// <summary>The labels that a BGPPeer must have, all of them.</summary>
    public Hashtable PeerSelector { get; }

    public string Cluster { get; }

    bool IClusterObject.IsOf(SourcedResource source) => source.Resource is BgpLoadBalancerResource balancer && balancer.Metadata.Name == Name;

    public override string ToString() => Name;
}
