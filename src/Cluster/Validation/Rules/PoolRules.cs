using System.Collections.Immutable;
using System.Net;
using BgpLoadBalancer.Cluster.Reading;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Validation.Rules;

/// <summary>Pools of addresses for services (R22).</summary>
internal static class PoolRules
{
    public static ImmutableArray<Rule> All { get; } =
    [
        new("R22", APool), new("R22", NamesOnce), new("R33", NoOverlap), new("R33", ControlPlaneVipOutside), new("R33", IngressVipInside), new("R22", IngressVipAssignable), new("R33", BothFamilies),
    ];

    /// <summary>Every range with its path.</summary>
    public static IEnumerable<(SourcedResource Source, AddressPool Pool, AddressRange Range, string Path)> Ranges(ClusterConfiguration all)
    {
        foreach ((ClusterResource cluster, SourcedResource source) in all.Clusters)
        {
            for (int i = 0; i < cluster.LoadBalancer.AddressPools.Length; i++)
            {
                AddressPool pool = cluster.LoadBalancer.AddressPools[i];
                string list = $"{source.Item(Fields.Pools, i)}.addresses";
                for (int j = 0; j < pool.Addresses.Length; j++) yield return (source, pool, pool.Addresses[j], source.Item(list, j));
            }
        }
    }

    private static void APool(ClusterConfiguration all, RuleReport report)
    {
        foreach ((ClusterResource cluster, SourcedResource source) in Serving(all))
        {
            for (int i = 0; i < cluster.LoadBalancer.AddressPools.Length; i++)
            {
                string list = $"{source.Item(Fields.Pools, i)}.addresses";
                if (source.Find(list) is Documents.DocumentSequence { Items.IsEmpty: true }) report.Error(source, list, $"The pool '{cluster.LoadBalancer.AddressPools[i].Name}' has no addresses.", "Add a CIDR or a range such as 10.0.0.1-10.0.0.4.");
            }

            if (source.Count(Fields.Pools) == 0) report.Warning(source, Fields.Pools, "There is no address pool, so no service of type LoadBalancer gets an address.", "Add a pool with name and addresses below spec.loadBalancer.addressPools.");
        }
    }

    private static void NamesOnce(ClusterConfiguration all, RuleReport report)
    {
        foreach ((ClusterResource cluster, SourcedResource source) in all.Clusters)
        {
            string[] names = [.. cluster.LoadBalancer.AddressPools.Select(pool => pool.Name)];
            for (int i = 0; i < names.Length; i++)
            {
                if (names[i].Length > 0 && Array.IndexOf(names, names[i]) < i) report.Error(source, $"{source.Item(Fields.Pools, i)}.name", $"Two pools are named '{names[i]}', and services ask for pools by name.", "Give each its own name.");
            }
        }
    }

    private static void NoOverlap(ClusterConfiguration all, RuleReport report)
    {
        List<(AddressPool Pool, AddressRange Range)> seen = [];
        foreach ((SourcedResource source, AddressPool pool, AddressRange range, string path) in Ranges(all))
        {
            (AddressPool? other, AddressRange overlapped) = seen.Find(earlier => earlier.Range.Overlaps(range));
            if (other is not null) report.Error(source, path, $"The range overlaps {overlapped} of the pool '{other.Name}', so one address could be given twice.", "Make the ranges disjoint.");
            seen.Add((pool, range));
        }
    }

    private static void ControlPlaneVipOutside(ClusterConfiguration all, RuleReport report)
    {
        foreach ((ClusterResource cluster, SourcedResource source) in all.Clusters)
        {
            if (cluster.LoadBalancer.ControlPlaneVip is { } vip && PoolOf(cluster, vip) is { } pool) report.Error(source, Fields.ControlPlaneVip, $"The control plane's virtual IP lies in the pool '{pool.Name}', so a service could be given it.", "Take an address outside every pool, or shorten the range.");
        }
    }

    private static void IngressVipInside(ClusterConfiguration all, RuleReport report)
    {
        foreach ((ClusterResource cluster, SourcedResource source) in Serving(all))
        {
            if (cluster.LoadBalancer.IngressVip is { } vip && PoolOf(cluster, vip) is null) report.Error(source, Fields.IngressVip, "The ingress virtual IP lies in no pool, so it can never be assigned.", "Add it to a pool, or take an address of one.");
        }
    }

    private static void IngressVipAssignable(ClusterConfiguration all, RuleReport report)
    {
        foreach ((ClusterResource cluster, SourcedResource source) in Serving(all))
        {
            if (cluster.LoadBalancer.IngressVip is { } vip && PoolOf(cluster, vip) is { AvoidBuggyIPs: true } pool && !AddressNumber.IsIPv6(vip) && vip.GetAddressBytes()[3] is 0 or 255) report.Warning(source, Fields.IngressVip, $"The ingress virtual IP ends in .0 or .255, which the pool '{pool.Name}' avoids.", "Take another address of the pool.");
        }
    }

    private static void BothFamilies(ClusterConfiguration all, RuleReport report)
    {
        foreach ((ClusterResource cluster, SourcedResource source) in Serving(all))
        {
            bool dualStack = cluster.ServiceCidrs.Select(block => AddressNumber.IsIPv6(block.BaseAddress)).Distinct().Count() == 2;
            if (!dualStack || cluster.LoadBalancer.AddressPools.IsEmpty || cluster.LoadBalancer.AddressPools.Any(pool => pool.Addresses.Any(range => range.IsIPv6) && pool.Addresses.Any(range => !range.IsIPv6))) continue;
            report.Warning(source, Fields.Pools, "The cluster is dual-stack, and no pool holds both IPv4 and IPv6 addresses: dual-stack services get no address.", "Put ranges of both families into one pool; once the cluster exists, add a new pool that has both.");
        }
    }

    private static AddressPool? PoolOf(ClusterResource cluster, IPAddress address) =>
        cluster.LoadBalancer.AddressPools.FirstOrDefault(pool => pool.Addresses.Any(range => range.Contains(address)));

    private static IEnumerable<Sourced<ClusterResource>> Serving(ClusterConfiguration all) => all.Clusters.Where(cluster => cluster.Resource.Type != ClusterType.Admin);
}
