using System.Collections.Immutable;
using System.Net;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Validation;

namespace BgpLoadBalancer.Cluster.Planning.Hypotheses;

/// <summary>
/// The cluster as it would be: each method makes one change to a snapshot, so that the plans of both tell what the change would do
/// (<see cref="PlanDifference"/>). Every one throws a <see cref="HypothesisException"/> that names what is there instead.
/// </summary>
public static class Hypothesis
{
    /// <summary>
    /// The node is emptied: no next hop, by the label of R23, and no floating IP, as if its agent had stopped. (The last healthy node of a
    /// cluster keeps its floating IPs even so: see <see cref="PlanReasonCode.FloatingIPKept"/>.)
    /// </summary>
    /// <param name="name">Of a Node; letters' case means nothing.</param>
    public static ClusterSnapshot DrainNode(this ClusterSnapshot snapshot, string name)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentException.ThrowIfNullOrEmpty(name);
        int index = snapshot.Nodes.FindIndex(node => node.Metadata.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (index < 0) throw NotThere($"node '{name}'", "nodes", snapshot.Nodes.Select(node => node.Metadata.Name), name);
        NodeResource node = snapshot.Nodes[index];
        NodeResource drained = node with { Metadata = node.Metadata with { Labels = node.Metadata.Labels.SetItem(NodeResource.ExcludeLabel, "") } };
        return snapshot with { Nodes = snapshot.Nodes.SetItem(index, drained), NodesWithoutLease = snapshot.NodesWithoutLease.Add(node.Metadata.Name) };
    }

    /// <summary>A BGPPeer comes. Without labels it gets those that the BGPLoadBalancer selects by. Where there is no BGPLoadBalancer it has no effect (R17).</summary>
    public static ClusterSnapshot AddPeer(this ClusterSnapshot snapshot, BgpPeerResource peer)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(peer);
        foreach (BgpPeerResource other in snapshot.BgpPeers)
        {
            if (other.PeerIP.Equals(peer.PeerIP)) throw new HypothesisException($"BGPPeer '{other.Metadata.Name}' has the address {peer.PeerIP} already; a peer that is added needs one of its own.");
            if (other.Metadata.Name == peer.Metadata.Name) throw new HypothesisException($"There is a BGPPeer '{other.Metadata.Name}' already, with the address {other.PeerIP}; give the new one another name.");
        }

        if (snapshot.BgpLoadBalancer is { } loadBalancer)
        {
            if (peer.Metadata.Labels.IsEmpty) peer = peer with { Metadata = peer.Metadata with { Labels = loadBalancer.PeerSelector } };
            if (!loadBalancer.Selects(peer)) throw new HypothesisException($"BGPLoadBalancer '{loadBalancer.Metadata.Name}' would not select BGPPeer '{peer.Metadata.Name}', whose labels are {Labels(peer.Metadata.Labels)}; its peerSelector is {Labels(loadBalancer.PeerSelector)}.");
        }

        return snapshot with { BgpPeers = snapshot.BgpPeers.Add(peer) };
    }

    /// <summary>An entry of <c>bgpPeers</c> comes.</summary>
    public static ClusterSnapshot AddPeer(this ClusterSnapshot snapshot, ControlPlanePeer peer)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(peer);
        ImmutableArray<ControlPlanePeer> peers = snapshot.Cluster.LoadBalancer.BgpPeers;
        if (peers.Any(other => other.Address.Equals(peer.Address))) throw new HypothesisException($"The Cluster's bgpPeers have an entry for {peer.Address} already; a peer that is added needs an address of its own.");
        foreach (IPAddress node in peer.ControlPlaneNodes ?? [])
        {
            if (!snapshot.Cluster.ControlPlaneNodes.Contains(node)) throw NotThere($"control-plane node {node}", "control-plane nodes", snapshot.Cluster.ControlPlaneNodes.Select(address => address.ToString()));
        }

        return snapshot.WithControlPlanePeers(peers.Add(peer));
    }

    /// <summary>A router goes: every BGPPeer and every entry of <c>bgpPeers</c> with its address.</summary>
    public static ClusterSnapshot RemovePeer(this ClusterSnapshot snapshot, IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(address);
        ImmutableArray<BgpPeerResource> service = snapshot.BgpPeers.RemoveAll(peer => peer.PeerIP.Equals(address));
        ImmutableArray<ControlPlanePeer> before = snapshot.Cluster.LoadBalancer.BgpPeers;
        ImmutableArray<ControlPlanePeer> controlPlane = before.RemoveAll(peer => peer.Address.Equals(address));
        if (service.Length == snapshot.BgpPeers.Length && controlPlane.Length == before.Length)
        {
            throw NotThere($"peer with the address {address}", "peers", before.Select(peer => peer.Address).Concat(snapshot.BgpPeers.Select(peer => peer.PeerIP)).Distinct().Select(peer => peer.ToString()));
        }

        return snapshot.WithControlPlanePeers(controlPlane) with { BgpPeers = service };
    }

    /// <summary>A floating IP comes; also the first one of a cluster without a NetworkGatewayGroup.</summary>
    public static ClusterSnapshot AddFloatingIP(this ClusterSnapshot snapshot, IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(address);
        NetworkGatewayGroupResource group = snapshot.NetworkGatewayGroup ?? new() { Metadata = new() { Name = "default", Namespace = snapshot.Cluster.Metadata.Namespace } };
        return group.FloatingIPs.Contains(address)
            ? throw new HypothesisException($"{address} is a floating IP of NetworkGatewayGroup '{group.Metadata.Name}' already.")
            : snapshot with { NetworkGatewayGroup = group with { FloatingIPs = group.FloatingIPs.Add(address) } };
    }

    /// <summary>A floating IP goes, and with it what the status says about it.</summary>
    public static ClusterSnapshot RemoveFloatingIP(this ClusterSnapshot snapshot, IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(address);
        if (snapshot.NetworkGatewayGroup is not { } group || !group.FloatingIPs.Contains(address))
        {
            throw NotThere($"floating IP {address}", "floating IPs", (snapshot.NetworkGatewayGroup?.FloatingIPs ?? []).Select(floating => floating.ToString()));
        }

        return snapshot with
        {
            NetworkGatewayGroup = group with
            {
                FloatingIPs = group.FloatingIPs.RemoveAll(floating => floating.Equals(address)),
                Status = group.Status.RemoveAll(status => status.Address.Equals(address)),
            },
        };
    }

    private static ClusterSnapshot WithControlPlanePeers(this ClusterSnapshot snapshot, ImmutableArray<ControlPlanePeer> peers) =>
        snapshot with { Cluster = snapshot.Cluster with { LoadBalancer = snapshot.Cluster.LoadBalancer with { BgpPeers = peers } } };

    private static HypothesisException NotThere(string what, string plural, IEnumerable<string> there, string? mistyped = null)
    {
        string[] all = [.. there];
        string? meant = mistyped is null ? null : NearestName.FindNumbered(mistyped, all);
        string instead = meant is not null ? $"did you mean '{meant}'?" : all.Length == 0 ? $"there are no {plural}." : $"{plural}: {Few(all)}.";
        return new($"There is no {what}; {instead}");
    }

    private static string Few(string[] names) => names.Length <= 10 ? string.Join(", ", names) : $"{string.Join(", ", names[..10])} and {names.Length - 10} more";

    private static string Labels(ImmutableSortedDictionary<string, string> labels) => labels.IsEmpty ? "none" : string.Join(", ", labels.Select(label => $"{label.Key}={label.Value}"));

    private static int FindIndex<T>(this ImmutableArray<T> items, Func<T, bool> predicate)
    {
        for (int i = 0; i < items.Length; i++) if (predicate(items[i])) return i;
        return -1;
    }
}
