using System.Collections.Immutable;
using System.Net;
using BgpLoadBalancer.Cluster.Reading;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Validation.Rules;

/// <summary>Addresses of pods (R29).</summary>
internal static class PodCidrRules
{
    public static ImmutableArray<Rule> All { get; } = [new("R29", MaskIsNotShorter), new("R29", NoOverlapWithRanges), new("R29", NoOverlapWithAddresses)];

    private static void MaskIsNotShorter(ClusterConfiguration all, RuleReport report)
    {
        foreach ((SourcedResource source, PodCidr cidr, string path) in Cidrs(all))
        {
            if (cidr.PerNodeMaskSize < cidr.Cidr.PrefixLength) report.Error(source, $"{path}.perNodeMaskSize", $"A /{cidr.PerNodeMaskSize} for each node does not fit into {cidr.Cidr}.", $"Write {cidr.Cidr.PrefixLength} or more.");
        }
    }

    private static void NoOverlapWithRanges(ClusterConfiguration all, RuleReport report)
    {
        (AddressRange Range, string Words)[] others =
        [
            .. all.Clusters.SelectMany(cluster => cluster.Resource.ServiceCidrs).Select(block => (RangeOf(block), "the services' CIDR")),
            .. PoolRules.Ranges(all).Select(item => (item.Range, $"the pool '{item.Pool.Name}'")),
        ];
        foreach ((SourcedResource source, PodCidr cidr, string path) in Cidrs(all))
        {
            foreach ((AddressRange range, string words) in others.Where(other => other.Range.Overlaps(RangeOf(cidr.Cidr))))
            {
                report.Error(source, $"{path}.cidr", $"The pods' CIDR overlaps {range} of {words}.", "Take a CIDR that nothing else uses.");
            }
        }
    }

    private static void NoOverlapWithAddresses(ClusterConfiguration all, RuleReport report)
    {
        UsedAddress[] used = [.. UsedAddress.All(all).DistinctBy(address => address.Address)];
        foreach ((SourcedResource source, PodCidr cidr, string path) in Cidrs(all))
        {
            UsedAddress[] within = [.. used.Where(address => cidr.Cidr.Contains(address.Address))];
            if (within.Length > 0) report.Error(source, $"{path}.cidr", $"The pods' CIDR holds {UsedAddress.List(within)}.", "Take a CIDR that nothing else uses.");
        }
    }

    private static IEnumerable<(SourcedResource Source, PodCidr Cidr, string Path)> Cidrs(ClusterConfiguration all)
    {
        foreach ((ClusterCidrConfigResource config, SourcedResource source) in all.CidrConfigs)
        {
            if (config.IPv4 is { } four) yield return (source, four, "spec.ipv4");
            if (config.IPv6 is { } six) yield return (source, six, "spec.ipv6");
        }
    }

    private static AddressRange RangeOf(IPNetwork network) =>
        AddressRange.TryParse(network.ToString(), out AddressRange range) ? range : throw new ArgumentException($"{network} is no range.", nameof(network));
}
