using System.Collections;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.PowerShell.Models;

/// <summary>Which BGPPeers serve the services of a cluster (R17, R27).</summary>
public sealed class BgpLoadBalancer
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

    public override string ToString() => Name;
}
