using System.Globalization;
using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Planning.Names;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;

namespace BgpLoadBalancer.Cluster.Control.Reconciling;

/// <summary>The BGPAdvertisedRoutes, for people (R31): what agents announce, so only addresses that the Services hold already.</summary>
internal static class AdvertisedRoutes
{
    public static void Of(ClusterPlan plan, ObjectNames<RouteIdentity, BgpAdvertisedRouteResource> names, PassWrites writes)
    {
        writes.AddEach(names.Surplus, Delete, Subject);
        HashSet<string> leaving = [.. names.Surplus.Select(route => route.Metadata.Name)];
        uint? metric = plan.Metric;
        writes.AddEach(plan.Routes, route => Of(route, metric, names, leaving), route => $"BgpAdvertisedRoute of Service {route.ServiceNamespace}/{route.ServiceName}");
    }

    private static string Subject(BgpAdvertisedRouteResource route) => $"BgpAdvertisedRoute {ResourceKey.Of(route)}";

    private static StoreWrite? Of(PlannedRoute route, uint? metric, ObjectNames<RouteIdentity, BgpAdvertisedRouteResource> names, HashSet<string> leaving)
    {
        RouteIdentity identity = RouteIdentity.Of(route);
        string name = names.Names[identity];
        bool there = names.Kept.TryGetValue(identity, out BgpAdvertisedRouteResource? old);
        if (!route.Held) return there ? Delete(old!) : null;
        if (there) return IsOf(route, metric, old!) ? null : Writes.Update(Spec(route, metric, old!.Metadata), Step(route, metric, name, old));
        // Of one whose name is still taken, the next pass makes an object.
        if (leaving.Contains(name)) return null;
        BgpAdvertisedRouteResource created = Spec(route, metric, new() { Name = name, Namespace = LeaseNames.SystemNamespace });
        return Writes.Create(created, new PlanStep(PlanStepAction.Add, PlanStepKind.Route, name, null, PlanDifference.Hops(route), route.Prefix.ToString()));
    }

    private static StoreWrite Delete(BgpAdvertisedRouteResource old) =>
        Writes.Delete(old, new PlanStep(PlanStepAction.Remove, PlanStepKind.Route, old.Metadata.Name, old.NextHops.IsEmpty ? null : old.NextHops[0].Node, null, $"{old.Prefix} is not announced"));

    private static PlanStep Step(PlannedRoute route, uint? metric, string name, BgpAdvertisedRouteResource old)
    {
        if (IsOf(route, old.Metric, old)) return new(PlanStepAction.Change, PlanStepKind.Route, name, Text(old.Metric), Text(metric), "metric");
        string? first = old.NextHops.IsEmpty ? null : old.NextHops[0].Node;
        return first == route.First.Node
            ? new(PlanStepAction.Change, PlanStepKind.Route, name, string.Join(", ", old.NextHops.Select(hop => hop.Node)), PlanDifference.Hops(route), route.Prefix.ToString())
            : new(PlanStepAction.Move, PlanStepKind.Route, name, first, route.First.Node, route.Prefix.ToString());
    }

    private static string? Text(uint? metric) => metric?.ToString(CultureInfo.InvariantCulture);

    // Compared where it stands: there may be ten thousand routes of a hundred next hops.
    private static bool IsOf(PlannedRoute route, uint? metric, BgpAdvertisedRouteResource old)
    {
        if (old.Metric != metric || old.ServiceNamespace != route.ServiceNamespace || old.ServiceName != route.ServiceName || old.Prefix != route.Prefix.ToIPNetwork() || old.NextHops.Length != route.Ranking.Length) return false;
        for (int i = 0; i < old.NextHops.Length; i++)
        {
            NextHop hop = route.Set.Nodes[route.Ranking[i]];
            if (old.NextHops[i].Node != hop.Node || !old.NextHops[i].Address.Equals(hop.Address)) return false;
        }

        return true;
    }

    private static BgpAdvertisedRouteResource Spec(PlannedRoute route, uint? metric, ResourceMetadata metadata) => new()
    {
        Metadata = metadata,
        ServiceNamespace = route.ServiceNamespace,
        ServiceName = route.ServiceName,
        Prefix = route.Prefix.ToIPNetwork(),
        Metric = metric,
        NextHops = [.. route.NextHops.Select(hop => new AdvertisedNextHop(hop.Node, hop.Address))],
    };
}
