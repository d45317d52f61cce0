using System.Collections.Immutable;
using BgpLoadBalancer.Cluster.Planning.Addresses;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Planning.Network;

/// <summary>Nodes, floating IPs, peers and sessions: all but the services.</summary>
internal static class NetworkPlanner
{
    public static NetworkPlan Plan(ClusterSnapshot snapshot, ClusterPlan? previous)
    {
        ClusterResource cluster = snapshot.Cluster;
        AddressSpace addresses = new(snapshot);
        if (cluster.LoadBalancer.Type != LoadBalancerType.Bgp)
        {
            return Without(snapshot, addresses, new(PlanReasonCode.NotBgp, "The Cluster's spec.loadBalancer.type is layer2, not bgp: nothing is announced."), [], [], []);
        }

        List<PlanReason> reasons = [];
        ImmutableArray<PlannedNode> nodes = NodePlanner.Plan(snapshot, addresses);
        ImmutableArray<ControlPlaneSession> controlPlane = ControlPlanePlanner.Plan(cluster, nodes, reasons);
        if (cluster.Type == ClusterType.Admin)
        {
            return Without(snapshot, addresses, new(PlanReasonCode.AdminCluster, "An admin cluster announces its control-plane VIP only, and no services."), nodes, controlPlane, reasons);
        }

        List<PlanReason> peerReasons = [];
        ImmutableArray<PlannedPeer> peers = PeerPlanner.Plan(snapshot, peerReasons);
        ImmutableArray<PlannedFloatingIP> floatingIPs = FloatingIPPlanner.Plan(snapshot, nodes, previous);
        (peers, ImmutableArray<ServiceSession> sessions) = SessionPlanner.Plan(peers, floatingIPs, cluster.LoadBalancer.LocalAsn);
        if (floatingIPs.IsEmpty) peerReasons.Add(new(PlanReasonCode.NoFloatingIP, "There is no floating IP for service sessions to start from: the NetworkGatewayGroup default needs at least one."));
        else if (!floatingIPs.Any(floating => floating.Node is not null)) peerReasons.Add(new(PlanReasonCode.NoFloatingIPAssigned, $"None of the {floatingIPs.Length} floating IPs is on a node, so there is nothing for service sessions to start from."));
        reasons.AddRange(peerReasons);
        NextHopSet ipv4 = NextHopPlanner.Plan(nodes, isIPv6: false, previous?.NextHopsIPv4);
        NextHopSet ipv6 = NextHopPlanner.Plan(nodes, isIPv6: true, previous?.NextHopsIPv6);
        Judge(ipv4, nodes, "IPv4", reasons);
        if (addresses.HasIPv6 || ipv6.Kept) Judge(ipv6, nodes, "IPv6", reasons);
        return new NetworkPlan
        {
            Reasons = [.. reasons],
            Nodes = nodes,
            FloatingIPs = floatingIPs,
            ControlPlaneSessions = controlPlane,
            Peers = peers,
            ServiceSessions = sessions,
            NextHopsIPv4 = ipv4,
            NextHopsIPv6 = ipv6,
            LoadBalancerName = snapshot.BgpLoadBalancer?.Metadata.Name,
            NoServices = null,
            // With floating IPs on nodes and a usable peer there can only be no session where zero were asked for.
            NoSession = sessions.IsEmpty ? peerReasons.FirstOrDefault() ?? new(PlanReasonCode.NoPeer, "No peer is to have a session.") : null,
            WithdrawWithoutEndpoints = snapshot.WithdrawWithoutEndpoints,
            EndpointsCount = nodes.Any(node => node.Healthy),
            Addresses = addresses,
        };
    }

    private static void Judge(NextHopSet set, ImmutableArray<PlannedNode> nodes, string family, List<PlanReason> reasons)
    {
        if (set.Nodes.IsEmpty) reasons.Add(new(PlanReasonCode.NoNextHop, $"None of the {nodes.Count(node => node.LoadBalancer)} load-balancer nodes can be a next hop for {family}; each says why."));
        if (set.Kept) reasons.Add(new(PlanReasonCode.NextHopsKept, $"No load-balancer node is healthy; the last next hops for {family} stay: {string.Join(", ", set.Nodes.Select(hop => hop.Node))}."));
    }

    private static NetworkPlan Without(
        ClusterSnapshot snapshot,
        AddressSpace addresses,
        PlanReason reason,
        ImmutableArray<PlannedNode> nodes,
        ImmutableArray<ControlPlaneSession> controlPlane,
        IEnumerable<PlanReason> others) => new()
        {
            Reasons = [reason, .. others],
            Nodes = nodes,
            FloatingIPs = [],
            ControlPlaneSessions = controlPlane,
            Peers = [],
            ServiceSessions = [],
            NextHopsIPv4 = new(isIPv6: false, []),
            NextHopsIPv6 = new(isIPv6: true, []),
            LoadBalancerName = snapshot.BgpLoadBalancer?.Metadata.Name,
            NoServices = reason,
            NoSession = reason,
            WithdrawWithoutEndpoints = snapshot.WithdrawWithoutEndpoints,
            EndpointsCount = true,
            Addresses = addresses,
        };
}
