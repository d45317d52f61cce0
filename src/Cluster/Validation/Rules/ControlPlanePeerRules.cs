using System.Collections.Immutable;
using System.Net;
using BgpLoadBalancer.Cluster.Reading;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Validation.Rules;

/// <summary>Entries of <c>bgpPeers</c>.</summary>
internal static class ControlPlanePeerRules
{
    public static ImmutableArray<Rule> All { get; } =
        [new("R11", AtLeastOne), new("R33", AtLeastTwo), new("R1", External), new("R33", PeersOnce), new("R11", NodesExist), new("R11", EveryNodeHasAPeer)];

    private static void AtLeastOne(ClusterConfiguration all, RuleReport report)
    {
        foreach ((ClusterResource _, SourcedResource source) in all.Clusters)
        {
            // Written under the name that does not exist, they have a finding already.
            if (source.Find($"{Fields.LoadBalancer}.controlPlaneBGP") is null && source.Count(Fields.BgpPeers) == 0) report.Error(source, Fields.BgpPeers, "The control plane has no BGP peer, so its virtual IP would be announced to nobody.", "List at least one peer below spec.loadBalancer.bgpPeers, with ip and asn; two are recommended.");
        }
    }

    private static void AtLeastTwo(ClusterConfiguration all, RuleReport report)
    {
        foreach ((ClusterResource _, SourcedResource source) in all.Clusters)
        {
            if (source.Count(Fields.BgpPeers) == 1) report.Warning(source, Fields.BgpPeers, "There is one BGP peer: when it fails, the control plane's virtual IP is unreachable.", "Add a second peer.");
        }
    }

    private static void External(ClusterConfiguration all, RuleReport report)
    {
        Each(all, (cluster, source, peer, path) =>
        {
            if (peer.Asn != 0 && peer.Asn == cluster.LoadBalancer.LocalAsn) report.Error(source, $"{path}.asn", $"The peer's ASN {peer.Asn} is the cluster's own; only external BGP (eBGP) is supported.", "Write the ASN of the external network, or change localASN.");
        });
    }

    private static void PeersOnce(ClusterConfiguration all, RuleReport report)
    {
        Each(all, (cluster, source, peer, path) =>
        {
            ControlPlanePeer first = cluster.LoadBalancer.BgpPeers.First(other => other.Address.Equals(peer.Address) && other.Port == peer.Port);
            if (!ReferenceEquals(first, peer)) report.Error(source, $"{path}.ip", $"The peer {peer.Address} is listed twice.", "Keep one entry, with the controlPlaneNodes of both.");
        });
    }

    private static void NodesExist(ClusterConfiguration all, RuleReport report)
    {
        Each(all, (cluster, source, peer, path) =>
        {
            if (peer.ControlPlaneNodes is not { } nodes) return;
            string list = $"{path}.controlPlaneNodes";
            if (source.Count(list) == 0) report.Error(source, list, "The list is empty, so no node would connect to this peer.", "Name control-plane nodes, or leave controlPlaneNodes out so that all of them connect.");
            for (int i = 0; i < nodes.Length; i++)
            {
                string item = source.Item(list, i);
                if (nodes.IndexOf(nodes[i]) < i) report.Error(source, item, $"The node {nodes[i]} stands in this list twice.", "Keep it once.");
                if (!cluster.ControlPlaneNodes.IsEmpty && !cluster.ControlPlaneNodes.Contains(nodes[i])) report.Error(source, item, $"{nodes[i]} is not a control-plane node of this cluster.", $"Name one of: {string.Join(", ", cluster.ControlPlaneNodes)}.");
            }
        });
    }

    private static void EveryNodeHasAPeer(ClusterConfiguration all, RuleReport report)
    {
        foreach ((ClusterResource cluster, SourcedResource source) in all.Clusters)
        {
            ImmutableArray<ControlPlanePeer> peers = cluster.LoadBalancer.BgpPeers;
            if (peers.IsEmpty) continue;
            for (int i = 0; i < cluster.ControlPlaneNodes.Length; i++)
            {
                IPAddress node = cluster.ControlPlaneNodes[i];
                if (peers.Any(peer => peer.ControlPlaneNodes is not { } nodes || nodes.Contains(node))) continue;
                report.Error(source, $"{source.Item(Fields.ControlPlaneNodes, i)}.address", $"The control-plane node {node} is left with no peer: every entry of bgpPeers lists other nodes.", "Add it to the controlPlaneNodes of a peer.");
            }
        }
    }

    private static void Each(ClusterConfiguration all, Action<ClusterResource, SourcedResource, ControlPlanePeer, string> check)
    {
        foreach ((ClusterResource cluster, SourcedResource source) in all.Clusters)
        {
            for (int i = 0; i < cluster.LoadBalancer.BgpPeers.Length; i++) check(cluster, source, cluster.LoadBalancer.BgpPeers[i], source.Item(Fields.BgpPeers, i));
        }
    }
}
