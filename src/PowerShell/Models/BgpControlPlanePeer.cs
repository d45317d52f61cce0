using System.Net;
using BgpLoadBalancer.Cluster.Reading;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.PowerShell.Models;

/// <summary>A peer of the control plane: an entry of the Cluster's <c>bgpPeers</c> (R11).</summary>
public sealed class BgpControlPlanePeer : IClusterObject
{
    internal BgpControlPlanePeer(ControlPlanePeer peer, string cluster)
    {
        PeerIPAddress = peer.Address;
        PeerASN = peer.Asn;
        Port = peer.Port;
        ControlPlaneNode = peer.ControlPlaneNodes?.ToArray();
        Cluster = cluster;
    }

    public IPAddress PeerIPAddress { get; }

    public uint PeerASN { get; }

    public int Port { get; }

    /// <summary>The nodes that peer with it; null where all control-plane nodes do.</summary>
    public IReadOnlyList<IPAddress>? ControlPlaneNode { get; }

    public string Cluster { get; }

    bool IClusterObject.IsOf(SourcedResource source) => source.Resource is ClusterResource;

    public override string ToString() => PeerIPAddress.ToString();
}
