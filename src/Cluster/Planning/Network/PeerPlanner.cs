using System.Collections.Immutable;
using System.Net;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Planning.Network;

/// <summary>The peers of the data plane (R17).</summary>
internal static class PeerPlanner
{
    /// <param name="reasons">Gets a reason when there is none to serve.</param>
    public static ImmutableArray<PlannedPeer> Plan(ClusterSnapshot snapshot, List<PlanReason> reasons)
    {
        LoadBalancerSpec spec = snapshot.Cluster.LoadBalancer;
        PlannedPeer[] peers;
        if (snapshot.BgpLoadBalancer is { } loadBalancer && !snapshot.BgpPeers.IsEmpty)
        {
            peers = [.. snapshot.BgpPeers.Where(loadBalancer.Selects).Select(peer => FromResource(peer, spec.LocalAsn))];
            if (peers.Length == 0)
            {
                string selector = string.Join(", ", loadBalancer.PeerSelector.Select(label => $"{label.Key}={label.Value}"));
                reasons.Add(new(PlanReasonCode.NoPeerSelected, $"The peerSelector of BGPLoadBalancer {loadBalancer.Metadata.Name} ({selector}) selects none of the {snapshot.BgpPeers.Length} BGPPeers."));
                return [];
            }
        }
        else
        {
            peers = [.. spec.BgpPeers.Select(peer => FromControlPlane(peer, spec.LocalAsn))];
            if (peers.Length == 0) reasons.Add(new(PlanReasonCode.NoPeer, "There is no peer: the Cluster has no bgpPeers, and no BGPLoadBalancer selects BGPPeers."));
        }

        PlannedPeer[] ordered = [.. peers.OrderBy(peer => IPPrefix.Host(peer.Address)).ThenBy(peer => peer.Name, StringComparer.Ordinal)];
        if (ordered.Length > 0 && !ordered.Any(peer => peer.Usable)) reasons.Add(new(PlanReasonCode.NoUsablePeer, $"None of the {ordered.Length} peers of the data plane can be used; each says why."));
        return [.. ordered.Select((peer, i) => i > 0 && peer.Usable && ordered[..i].FirstOrDefault(other => other.Usable && other.Address.Equals(peer.Address)) is { } first ? Refuse(peer, new(PlanReasonCode.DuplicatePeer, $"Peer {peer.Name} has the same address as peer {first.Name}, {peer.Address}: one of them is enough, and that one is used.")) : peer)];
    }

    /// <summary>Null when sessions with the peer are possible (R1, R4).</summary>
    public static PlanReason? WhyUnusable(string name, IPAddress address, uint asn, uint localAsn) =>
        AddressNumber.IsIPv6(address) ? new(PlanReasonCode.PeerIsIPv6, $"Peer {name} has the IPv6 address {address}, and sessions run over IPv4: use the router's IPv4 address.")
        : asn == localAsn ? new(PlanReasonCode.PeerInOwnAS, $"Peer {name} has the cluster's own ASN {asn}, and only external BGP is supported: its ASN has to be another.")
        : null;

    private static PlannedPeer FromResource(BgpPeerResource peer, uint localAsn)
    {
        string name = peer.Metadata.Name;
        PlannedPeer planned = new() { Name = name, Address = peer.PeerIP, Asn = peer.PeerAsn, Port = peer.PeerPort ?? BgpPeerOptions.DefaultPort, WantedSessions = peer.Sessions, Resource = peer };
        PlanReason? reason = WhyUnusable(name, peer.PeerIP, peer.PeerAsn, localAsn);
        if (reason is null && peer.LocalAsn != localAsn) reason = new(PlanReasonCode.LocalAsnDiffers, $"BGPPeer {name} has localASN {peer.LocalAsn}; it has to be the Cluster's, {localAsn}.");
        return reason is null ? planned : Refuse(planned, reason);
    }

    private static PlannedPeer FromControlPlane(ControlPlanePeer peer, uint localAsn)
    {
        PlannedPeer planned = new() { Name = peer.Address.ToString(), Address = peer.Address, Asn = peer.Asn, Port = peer.Port };
        return WhyUnusable(planned.Name, peer.Address, peer.Asn, localAsn) is { } reason ? Refuse(planned, reason) : planned;
    }

    private static PlannedPeer Refuse(PlannedPeer peer, PlanReason reason) => peer with { Usable = false, Reasons = [reason] };
}
