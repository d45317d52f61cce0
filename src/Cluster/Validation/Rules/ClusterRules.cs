using System.Collections.Immutable;
using BgpLoadBalancer.Cluster.Reading;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Validation.Rules;

/// <summary>What a Cluster with BGP must have (R25).</summary>
internal static class ClusterRules
{
    public static ImmutableArray<Rule> All { get; } =
    [
        new("R25", AdvancedNetworking), new("R25", Mode), new("R25", ControlPlaneNodes), new("R25", NodesOnce), new("R16", NodePool), new("R25", Vips), new("R37", AdminFields),
    ];

    /// <summary>Said once, in place of every other rule.</summary>
    public static Finding NotBgp(Sourced<ClusterResource> cluster)
    {
        string path = $"{Fields.LoadBalancer}.type";
        string why = cluster.Source.Find(path) is null ? "'type' is not given, which means layer2" : "'type' is layer2";
        return cluster.Source.Finding(FindingSeverity.Note, "R25", path, $"{why}, so nothing here is announced by BGP, and no rule of BGP was checked.", "Write type: bgp if it should be.");
    }

    private static void AdvancedNetworking(ClusterConfiguration all, RuleReport report)
    {
        const string Path = "spec.clusterNetwork.advancedNetworking";
        foreach ((ClusterResource cluster, SourcedResource source) in all.Clusters)
        {
            // What is neither true nor false has a finding already.
            if (!cluster.AdvancedNetworking && source.Find(Path) is null or Documents.DocumentScalar { Text: "false" or "" }) report.Error(source, Path, "BGP load balancing needs advanced networking, and it is not on.", "Write advancedNetworking: true below spec.clusterNetwork.");
        }
    }

    private static void Mode(ClusterConfiguration all, RuleReport report)
    {
        foreach ((ClusterResource cluster, SourcedResource source) in all.Clusters)
        {
            string mode = cluster.LoadBalancer.Mode;
            if (mode != "bundled") report.Error(source, $"{Fields.LoadBalancer}.mode", $"The mode '{mode}' does not go with type bgp.", "Write mode: bundled.");
            else if (source.Find($"{Fields.LoadBalancer}.mode") is null) report.Error(source, $"{Fields.LoadBalancer}.mode", "'mode' is missing.", "Write mode: bundled.");
        }
    }

    private static void ControlPlaneNodes(ClusterConfiguration all, RuleReport report)
    {
        foreach ((ClusterResource _, SourcedResource source) in all.Clusters)
        {
            if (source.Count(Fields.ControlPlaneNodes) == 0) report.Error(source, Fields.ControlPlaneNodes, "The cluster has no control-plane node.", "List at least one below spec.controlPlane.nodePoolSpec.nodes, as '- address: 10.0.1.10'.");
        }
    }

    private static void NodesOnce(ClusterConfiguration all, RuleReport report)
    {
        foreach ((ClusterResource cluster, SourcedResource source) in all.Clusters)
        {
            Once(cluster.ControlPlaneNodes, Fields.ControlPlaneNodes, source, report);
            Once(cluster.LoadBalancer.NodePool.OrEmpty(), Fields.NodePool, source, report);
        }
    }

    private static void Once(ImmutableArray<System.Net.IPAddress> nodes, string list, SourcedResource source, RuleReport report)
    {
        for (int i = 0; i < nodes.Length; i++)
        {
            if (nodes.IndexOf(nodes[i]) < i) report.Error(source, $"{source.Item(list, i)}.address", $"The node {nodes[i]} stands in this list twice.", "Keep it once.");
        }
    }

    private static void NodePool(ClusterConfiguration all, RuleReport report)
    {
        foreach ((ClusterResource cluster, SourcedResource source) in all.Clusters)
        {
            if (cluster.LoadBalancer.NodePool is not null && source.Count(Fields.NodePool) == 0) report.Error(source, $"{Fields.LoadBalancer}.nodePoolSpec", "This node pool has no node, so no service could be reached.", "List its nodes, or leave nodePoolSpec out so that the control-plane nodes serve.");
        }
    }

    private static void Vips(ClusterConfiguration all, RuleReport report)
    {
        foreach ((ClusterResource cluster, SourcedResource source) in all.Clusters)
        {
            // A value that could not be read has its own finding.
            if (source.Find(Fields.ControlPlaneVip) is null) report.Error(source, Fields.ControlPlaneVip, "The control plane has no virtual IP.", "Write controlPlaneVIP with a free IPv4 address below spec.loadBalancer.vips.");
            if (source.Find(Fields.IngressVip) is null && cluster.Type != ClusterType.Admin) report.Note(source, Fields.IngressVip, "No ingressVIP is given, so the service gke-system/istio-ingress gets any free address.", "Write ingressVIP with an address of a pool if it should be a certain one.");
        }
    }

    private static void AdminFields(ClusterConfiguration all, RuleReport report)
    {
        foreach ((ClusterResource _, SourcedResource source) in all.Clusters.Where(cluster => cluster.Resource.Type == ClusterType.Admin))
        {
            foreach (string path in (string[])[Fields.IngressVip, Fields.Pools, $"{Fields.LoadBalancer}.nodePoolSpec"])
            {
                if (source.Find(path) is not null) report.Warning(source, path, "An admin cluster balances its control plane only, so this is not used.", "Leave it out.");
            }
        }
    }
}
