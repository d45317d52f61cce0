using System.Collections.Immutable;
using System.Net;
using BgpLoadBalancer.Cluster.Reading;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Validation.Rules;

/// <summary>Floating IPs (R26).</summary>
internal static class FloatingIPRules
{
    public static ImmutableArray<Rule> All { get; } = [new("R26", AGroup), new("R26", AtLeastOne), new("R33", AtLeastTwo), new("R33", Once)];

    private static void AGroup(ClusterConfiguration all, RuleReport report)
    {
        if (all.Cluster is not { } cluster || cluster.Resource.Type == ClusterType.Admin || !all.GatewayGroups.IsEmpty) return;
        report.Error(cluster.Source, "kind", "There is no NetworkGatewayGroup, so no floating IP could start a session for services.", "Add a NetworkGatewayGroup named default with at least one floating IP; two are recommended.");
    }

    private static void AtLeastOne(ClusterConfiguration all, RuleReport report)
    {
        foreach ((NetworkGatewayGroupResource _, SourcedResource source) in all.GatewayGroups)
        {
            if (source.Find(Fields.FloatingIPs) is Documents.DocumentSequence { Items.IsEmpty: true }) report.Error(source, Fields.FloatingIPs, "The list of floating IPs is empty, so no session for services could start.", "Add at least one; two are recommended.");
        }
    }

    private static void AtLeastTwo(ClusterConfiguration all, RuleReport report)
    {
        foreach ((NetworkGatewayGroupResource _, SourcedResource source) in all.GatewayGroups)
        {
            if (source.Count(Fields.FloatingIPs) == 1) report.Warning(source, Fields.FloatingIPs, "There is one floating IP: while it moves to another node, no service session is up.", "Reserve a second one.");
        }
    }

    private static void Once(ClusterConfiguration all, RuleReport report)
    {
        foreach ((NetworkGatewayGroupResource group, SourcedResource source) in all.GatewayGroups)
        {
            HashSet<IPAddress> seen = [];
            for (int i = 0; i < group.FloatingIPs.Length; i++)
            {
                if (!seen.Add(group.FloatingIPs[i])) report.Error(source, source.Item(Fields.FloatingIPs, i), $"The floating IP {group.FloatingIPs[i]} is listed twice.", "Keep it once.");
            }
        }
    }
}
