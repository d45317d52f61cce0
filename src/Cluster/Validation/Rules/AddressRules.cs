using System.Collections.Immutable;
using System.Net;
using BgpLoadBalancer.Cluster.Reading;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Validation.Rules;

/// <summary>One address, one use (R33).</summary>
internal static class AddressRules
{
    public static ImmutableArray<Rule> All { get; } = [new("R33", OneUse), new("R33", OutsidePools)];

    private static void OneUse(ClusterConfiguration all, RuleReport report)
    {
        foreach (IGrouping<IPAddress, UsedAddress> group in UsedAddress.All(all).GroupBy(used => used.Address))
        {
            UsedAddress first = group.OrderBy(used => used.Use).First();
            foreach (UsedAddress other in group.Where(used => used.Use != first.Use))
            {
                report.Error(other.Source, other.Path, $"{other.Address} is {other.Words} here and {first.Words} in {first.Source.Title}.", "Take a free address for one of the two.");
            }
        }
    }

    private static void OutsidePools(ClusterConfiguration all, RuleReport report)
    {
        UsedAddress[] fixedAddresses = [.. UsedAddress.All(all).Where(used => used.Use is AddressUse.Node or AddressUse.Peer or AddressUse.FloatingIP)];
        foreach ((SourcedResource source, AddressPool pool, AddressRange range, string path) in PoolRules.Ranges(all))
        {
            UsedAddress[] within = [.. fixedAddresses.Where(used => range.Contains(used.Address)).DistinctBy(used => used.Address)];
            if (within.Length > 0) report.Error(source, path, $"The pool '{pool.Name}' holds {UsedAddress.List(within)}, so a service could be given what is in use.", "Leave such addresses out of the range.");
        }
    }
}
