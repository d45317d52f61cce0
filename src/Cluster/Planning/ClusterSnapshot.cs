using System.Collections.Immutable;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Planning;

/// <summary>
/// Everything that the planner knows, at one moment. The order of the objects means nothing.
/// </summary>
public sealed record ClusterSnapshot
{
    public required ClusterResource Cluster { get; init; }

    public NetworkGatewayGroupResource? NetworkGatewayGroup { get; init; }

    public BgpLoadBalancerResource? BgpLoadBalancer { get; init; }

    public ImmutableArray<BgpPeerResource> BgpPeers { get; init; } = [];

    public ImmutableArray<NodeResource> Nodes { get; init; } = [];

    public ImmutableArray<ServiceResource> Services { get; init; } = [];

    public ImmutableArray<EndpointSliceResource> EndpointSlices { get; init; } = [];

    /// <summary>Names of nodes whose agent's Lease has run out (R23); decided by whoever reads clocks.</summary>
    public ImmutableHashSet<string> NodesWithoutLease { get; init; } = [];

    /// <summary>
    /// Names of nodes that are about to say which subnets they are in (R19). Until they have, a floating IP that has been on no node yet is put on none: the
    /// first node to speak would get them all, and they would stay there. Decided by whoever reads clocks, and for a short time only.
    /// </summary>
    public ImmutableHashSet<string> NodesAwaited { get; init; } = [];

    /// <summary>
    /// The floating IPs are where the status of the NetworkGatewayGroup says, whatever this snapshot shows of the nodes: for an agent, which follows
    /// the controller's placement and makes none.
    /// </summary>
    public bool PlacementIsGiven { get; init; }

    /// <summary>R23: off keeps a service announced that has no ready endpoint.</summary>
    public bool WithdrawWithoutEndpoints { get; init; } = true;

    /// <summary>Where the configuration was copied from; null where it is nobody's copy (R36).</summary>
    public CopySource? CopyOf
    {
        get
        {
            IEnumerable<Resource?> all = [Cluster, NetworkGatewayGroup, BgpLoadBalancer, .. BgpPeers];
            return all.OfType<Resource>().Select(CopySource.Of).FirstOrDefault(source => source is not null);
        }
    }
}
