using System.Collections.Immutable;
using System.Net;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Planning.Network;

/// <summary>The sessions of the control-plane nodes (R11, R12), and what stands against them.</summary>
internal static class ControlPlanePlanner
{
    public static ImmutableArray<ControlPlaneSession> Plan(ClusterResource cluster, IReadOnlyCollection<PlannedNode> nodes, List<PlanReason> reasons)
    {
        LoadBalancerSpec spec = cluster.LoadBalancer;
        IPPrefix? vip = spec.ControlPlaneVip is { } address && !AddressNumber.IsIPv6(address) ? IPPrefix.Host(address) : null;
        if (spec.ControlPlaneVip is null) reasons.Add(new(PlanReasonCode.ControlPlaneVipMissing, "The Cluster has no vips.controlPlaneVIP: control-plane sessions announce nothing."));
        else if (vip is null) reasons.Add(new(PlanReasonCode.ControlPlaneVipIsIPv6, $"The control-plane VIP {spec.ControlPlaneVip} is IPv6, which is not supported: control-plane sessions announce nothing."));
        ControlPlanePeer[] peers = [.. spec.BgpPeers.Where(peer => PeerPlanner.WhyUnusable(peer.Address.ToString(), peer.Address, peer.Asn, spec.LocalAsn) is null).DistinctBy(peer => peer.Address).OrderBy(peer => IPPrefix.Host(peer.Address))];
        foreach (ControlPlanePeer peer in spec.BgpPeers.OrderBy(peer => IPPrefix.Host(peer.Address)))
        {
            if (PeerPlanner.WhyUnusable(peer.Address.ToString(), peer.Address, peer.Asn, spec.LocalAsn) is { } reason && !reasons.Contains(reason)) reasons.Add(reason);
        }

        ImmutableArray<ControlPlaneSession>.Builder sessions = ImmutableArray.CreateBuilder<ControlPlaneSession>();
        IPAddress[] local = [.. cluster.ControlPlaneNodes.Distinct().Where(node => !AddressNumber.IsIPv6(node)).OrderBy(IPPrefix.Host)];
        foreach (ControlPlanePeer peer in peers)
        {
            foreach (IPAddress node in local.Where(node => Peers(node, peer))) sessions.Add(new(NameOf(node, nodes), node, spec.LocalAsn, peer.Address, peer.Asn, peer.Port, vip));
        }

        reasons.AddRange(local.Where(node => !peers.Any(peer => Peers(node, peer))).Select(node =>
            new PlanReason(PlanReasonCode.NoControlPlanePeer, $"Control-plane node {NameOf(node, nodes)} has no peer: no usable entry of bgpPeers is for it.")));
        return sessions.ToImmutable();
    }

    private static bool Peers(IPAddress node, ControlPlanePeer peer) => peer.ControlPlaneNodes is not { } only || only.Contains(node);

    // A node that came back by another name may have left its old Node object behind.
    private static string NameOf(IPAddress address, IReadOnlyCollection<PlannedNode> nodes) =>
        nodes.Where(node => node.ControlPlane && address.Equals(node.Address)).MaxBy(node => node.Healthy)?.Name ?? address.ToString();
}
