using System.Collections.Immutable;
using BgpLoadBalancer.Cluster.Reading;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Validation.Rules;

/// <summary>Names and namespaces.</summary>
internal static class IdentityRules
{
    public static ImmutableArray<Rule> All { get; } =
    [
        new("R25", OneCluster), new("R33", NoResourceTwice), new("R33", NamespaceIsTheClusters), new("R26", GatewayGroupIsDefault), new("R27", LoadBalancerIsDefault), new("R37", AdminHasNoServiceResources),
    ];

    private static void OneCluster(ClusterConfiguration all, RuleReport report)
    {
        foreach (Sourced<ClusterResource> other in all.Clusters.Skip(1))
        {
            report.Error(other.Source, "metadata.name", $"This is a second Cluster beside {all.Clusters[0].Source.Title}; one configuration describes one.", "Put each cluster with its resources into a folder of its own.");
        }

        SourcedResource? first = all.Resources.FirstOrDefault(IsOurs);
        if (all.Cluster is null && first is not null) report.Warning(first, "", "There is no Cluster beside it, so nothing that depends on the Cluster is checked.", "Check it together with its Cluster.");
    }

    private static void NoResourceTwice(ClusterConfiguration all, RuleReport report)
    {
        foreach (IGrouping<string, SourcedResource> group in all.Resources.GroupBy(source => source.Title, StringComparer.Ordinal))
        {
            foreach (SourcedResource other in group.Skip(1)) report.Error(other, "metadata.name", $"{other.Title} is there twice; the first is in line {group.First().Document.Root.Position.Line} of document {group.First().Document.Number}.", "Keep one, or give one another name.");
        }
    }

    private static void NamespaceIsTheClusters(ClusterConfiguration all, RuleReport report)
    {
        if (all.Cluster is not { } cluster || cluster.Resource.Metadata.Namespace is not { Length: > 0 } right) return;
        foreach (SourcedResource source in all.Resources.Where(IsOurs))
        {
            string space = source.Resource.Metadata.Namespace;
            if (space.Length > 0 && space != right) report.Error(source, "metadata.namespace", $"The namespace '{space}' is not the Cluster's, so this {source.Kind} would not be found.", $"Write namespace: {right}.");
        }
    }

    private static void GatewayGroupIsDefault(ClusterConfiguration all, RuleReport report)
    {
        foreach ((NetworkGatewayGroupResource _, SourcedResource source) in all.GatewayGroups) MustBeDefault(source, report);
    }

    private static void LoadBalancerIsDefault(ClusterConfiguration all, RuleReport report)
    {
        foreach ((BgpLoadBalancerResource _, SourcedResource source) in all.LoadBalancers) MustBeDefault(source, report);
    }

    private static void MustBeDefault(SourcedResource source, RuleReport report)
    {
        string name = source.Resource.Metadata.Name;
        if (name is not ("" or "default")) report.Error(source, "metadata.name", $"A {source.Kind} named '{name}' is never read.", "Name it default.");
    }

    private static void AdminHasNoServiceResources(ClusterConfiguration all, RuleReport report)
    {
        if (all.Cluster?.Resource.Type != ClusterType.Admin) return;
        foreach (SourcedResource source in all.Resources.Where(source => source.Resource is NetworkGatewayGroupResource or BgpLoadBalancerResource or BgpPeerResource))
        {
            report.Error(source, "kind", $"An admin cluster balances its control plane only, so it takes no {source.Kind}.", "Remove the document, or put it with the user cluster that it is for.");
        }
    }

    private static bool IsOurs(SourcedResource source) =>
        source.Resource is NetworkGatewayGroupResource or BgpLoadBalancerResource or BgpPeerResource or ClusterCidrConfigResource;
}
