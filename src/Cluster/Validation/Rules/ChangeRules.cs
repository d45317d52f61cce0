using BgpLoadBalancer.Cluster.Reading;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Validation.Rules;

/// <summary>What cannot change once a cluster was created (R34).</summary>
internal static class ChangeRules
{
    public static IEnumerable<Finding> Check(ClusterConfiguration before, ClusterConfiguration after)
    {
        List<Finding> findings = [];
        if (before.Cluster is not { } old || after.Cluster is not { } now) return findings;
        RuleReport report = new("R34", findings);
        Fixed(now.Source, "metadata.name", old.Resource.Metadata.Name, now.Resource.Metadata.Name, report);
        Fixed(now.Source, "metadata.namespace", old.Resource.Metadata.Namespace, now.Resource.Metadata.Namespace, report);
        Fixed(now.Source, "spec.clusterNetwork.advancedNetworking", Word(old.Resource.AdvancedNetworking), Word(now.Resource.AdvancedNetworking), report);
        LoadBalancerSpec was = old.Resource.LoadBalancer;
        LoadBalancerSpec becomes = now.Resource.LoadBalancer;
        Fixed(now.Source, $"{Fields.LoadBalancer}.mode", was.Mode, becomes.Mode, report);
        Fixed(now.Source, $"{Fields.LoadBalancer}.type", Word(was.Type), Word(becomes.Type), report);
        Fixed(now.Source, $"{Fields.LoadBalancer}.ports.controlPlaneLBPort", $"{was.ControlPlaneLBPort}", $"{becomes.ControlPlaneLBPort}", report);
        Fixed(now.Source, Fields.ControlPlaneVip, was.ControlPlaneVip?.ToString(), becomes.ControlPlaneVip?.ToString(), report);
        Fixed(now.Source, Fields.IngressVip, was.IngressVip?.ToString(), becomes.IngressVip?.ToString(), report);
        Pools(was, becomes, now.Source, report);
        return findings;
    }

    private static void Fixed(SourcedResource source, string path, string? before, string? after, RuleReport report)
    {
        if (before == after) return;
        string change = after is null ? $"removed (it was {before})" : before is null ? $"added ({after})" : $"changed from {before} to {after}";
        report.Error(source, path, $"This field is fixed when the cluster is created, and cannot be {change}.", before is null ? "Leave it out." : $"Keep {before}; a new cluster can have another.");
    }

    private static void Pools(LoadBalancerSpec before, LoadBalancerSpec after, SourcedResource source, RuleReport report)
    {
        foreach (AddressPool old in before.AddressPools)
        {
            int index = after.AddressPools.IndexOf(after.AddressPools.FirstOrDefault(pool => pool.Name == old.Name)!);
            if (index < 0)
            {
                report.Error(source, Fields.Pools, $"The pool '{old.Name}' cannot be removed, because services may hold its addresses.", $"Keep it, with {string.Join(", ", old.Addresses)}; new pools can be added.");
                continue;
            }

            string path = $"{source.Item(Fields.Pools, index)}.addresses";
            if (!Ranges(old).SetEquals(Ranges(after.AddressPools[index]))) report.Error(source, path, $"The ranges of the pool '{old.Name}' cannot change, because services may hold its addresses.", $"Keep {string.Join(", ", old.Addresses)}; put new ranges into a new pool.");
        }
    }

    private static HashSet<(UInt128 First, UInt128 Last, bool IsIPv6)> Ranges(AddressPool pool) => [.. pool.Addresses.Select(range => (range.First, range.Last, range.IsIPv6))];

    private static string Word(bool value) => value ? "true" : "false";

    private static string Word(LoadBalancerType type) => type == LoadBalancerType.Bgp ? "bgp" : "layer2";
}
