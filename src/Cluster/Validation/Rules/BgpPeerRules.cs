using System.Collections.Immutable;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Cluster.Reading;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Validation.Rules;

/// <summary>Peers of the data plane and what selects them (R17, R18, R28).</summary>
internal static class BgpPeerRules
{
    private const int ShortestHoldTime = 3;

    public static ImmutableArray<Rule> All { get; } =
    [
        new("R1", External), new("R17", LocalAsnIsTheClusters), new("R33", PeersOnce), new("R33", AtLeastTwo), new("R33", TwoSessions), new("R18", EnoughFloatingIPs),
        new("R28", Timers), new("R27", SelectorHasLabels), new("R17", SelectorMatches), new("R17", PeersAreUsed), new("R17", LoadBalancerWithoutPeers),
    ];

    private static void External(ClusterConfiguration all, RuleReport report)
    {
        foreach ((BgpPeerResource peer, SourcedResource source) in all.Peers)
        {
            if (peer.PeerAsn != 0 && peer.PeerAsn == peer.LocalAsn) report.Error(source, "spec.peerASN", $"The peer's ASN {peer.PeerAsn} is the local one; only external BGP (eBGP) is supported.", "Write the ASN of the external network.");
        }
    }

    private static void LocalAsnIsTheClusters(ClusterConfiguration all, RuleReport report)
    {
        if (all.Cluster is not { Resource.LoadBalancer.LocalAsn: > 0 and var asn }) return;
        foreach ((BgpPeerResource peer, SourcedResource source) in all.Peers)
        {
            if (peer.LocalAsn != 0 && peer.LocalAsn != asn) report.Error(source, "spec.localASN", $"The local ASN {peer.LocalAsn} is not the Cluster's, and a cluster is one autonomous system.", $"Write localASN: {asn}.");
        }
    }

    private static void PeersOnce(ClusterConfiguration all, RuleReport report)
    {
        foreach (IGrouping<(System.Net.IPAddress, int), Sourced<BgpPeerResource>> same in all.Peers.GroupBy(peer => (peer.Resource.PeerIP, peer.Resource.PeerPort ?? BgpPeerOptions.DefaultPort)))
        {
            foreach (Sourced<BgpPeerResource> other in same.Skip(1)) report.Error(other.Source, "spec.peerIP", $"{same.First().Source.Title} has the same peerIP: a router takes one session from each floating IP.", "Keep one of the two.");
        }
    }

    private static void AtLeastTwo(ClusterConfiguration all, RuleReport report)
    {
        if (all.Cluster is not null && all.Peers.Length == 1) report.Warning(all.Peers[0].Source, "", "There is one BGPPeer: when this router fails, no service is reachable.", "Add a second BGPPeer.");
    }

    private static void TwoSessions(ClusterConfiguration all, RuleReport report)
    {
        foreach ((BgpPeerResource peer, SourcedResource source) in all.Peers)
        {
            if (peer.Sessions == 1) report.Warning(source, "spec.sessions", "One session to this peer: it is lost while the floating IP moves from a node that failed.", "Write sessions: 2 or more.");
        }
    }

    private static void EnoughFloatingIPs(ClusterConfiguration all, RuleReport report)
    {
        if (all.GatewayGroups.IsEmpty) return;
        int floating = all.GatewayGroups.Sum(group => group.Resource.FloatingIPs.Length);
        foreach ((BgpPeerResource peer, SourcedResource source) in all.Peers)
        {
            if (floating > 0 && peer.Sessions > floating) report.Warning(source, "spec.sessions", $"{peer.Sessions} sessions are wanted, and each needs a floating IP of its own; there {(floating == 1 ? "is 1" : $"are {floating}")}.", "Add floating IPs, or ask for fewer sessions.");
        }
    }

    // RFC 4271 §4.2: the hold time is 0 or at least three seconds; §4.4: a keepalive is due before it runs out.
    private static void Timers(ClusterConfiguration all, RuleReport report)
    {
        foreach ((BgpPeerResource peer, SourcedResource source) in all.Peers)
        {
            if (peer.HoldTime is > 0 and < ShortestHoldTime) report.Error(source, "spec.holdTime", $"A hold time of {peer.HoldTime} s is not possible in BGP.", "Write 3 or more, or 0 for none.");
            int hold = peer.HoldTime ?? 90;
            if (peer.KeepaliveTime is { } keepalive && hold > 0 && keepalive >= hold) report.Error(source, "spec.keepaliveTime", $"A keepalive each {keepalive} s comes too late for a hold time of {hold} s.", $"Write {Math.Max(1, hold / 3)} or less, or leave it out.");
        }
    }

    private static void SelectorHasLabels(ClusterConfiguration all, RuleReport report)
    {
        foreach ((BgpLoadBalancerResource balancer, SourcedResource source) in all.LoadBalancers)
        {
            if (balancer.PeerSelector.IsEmpty && source.Find("spec.peerSelector") is Documents.DocumentMapping { Entries.IsEmpty: true }) report.Error(source, "spec.peerSelector", "The selector is empty.", "Name the label that the BGPPeers to use carry.");
        }
    }

    private static void SelectorMatches(ClusterConfiguration all, RuleReport report)
    {
        if (all.Peers.IsEmpty) return;
        foreach ((BgpLoadBalancerResource balancer, SourcedResource source) in all.LoadBalancers)
        {
            if (balancer.PeerSelector.IsEmpty || all.Peers.Any(peer => Selects(balancer, peer.Resource))) continue;
            report.Error(source, "spec.peerSelector", "The selector matches no BGPPeer, so services would have no session at all.", $"Give the BGPPeers the label {Labels(balancer)}, or select a label that they have.");
        }
    }

    private static void PeersAreUsed(ClusterConfiguration all, RuleReport report)
    {
        if (all.Cluster is null) return;
        foreach ((BgpPeerResource peer, SourcedResource source) in all.Peers)
        {
            if (all.LoadBalancers.IsEmpty) report.Warning(source, "kind", "There is no BGPLoadBalancer to select this BGPPeer, so it is not used: the control plane's peers serve.", "Add a BGPLoadBalancer named default with a peerSelector that matches its labels.");
            else if (all.LoadBalancers.Any(balancer => all.Peers.Any(other => Selects(balancer.Resource, other.Resource))) && !all.LoadBalancers.Any(balancer => Selects(balancer.Resource, peer))) report.Warning(source, "metadata.labels", "The BGPLoadBalancer does not select this BGPPeer, so it is not used.", $"Give it the label {Labels(all.LoadBalancers[0].Resource)}, or remove it.");
        }
    }

    private static void LoadBalancerWithoutPeers(ClusterConfiguration all, RuleReport report)
    {
        if (all.Cluster is null || !all.Peers.IsEmpty) return;
        foreach ((BgpLoadBalancerResource _, SourcedResource source) in all.LoadBalancers) report.Note(source, "spec.peerSelector", "There is no BGPPeer, so the control plane's peers serve and this selector has no effect.", "Add BGPPeers with its label if others should serve.");
    }

    private static string Labels(BgpLoadBalancerResource balancer) => string.Join(" and ", balancer.PeerSelector.Select(label => $"{label.Key}: \"{label.Value}\""));

    private static bool Selects(BgpLoadBalancerResource balancer, BgpPeerResource peer) =>
        !balancer.PeerSelector.IsEmpty && balancer.PeerSelector.All(label => peer.Metadata.Labels.TryGetValue(label.Key, out string? value) && value == label.Value);
}
