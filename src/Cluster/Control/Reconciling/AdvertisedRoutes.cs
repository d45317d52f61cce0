using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Planning.Names;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Control.Reconciling;

/// <summary>The BGPAdvertisedRoutes, for people (R31): what agents announce, so only addresses that the Services hold already.</summary>
internal static class AdvertisedRoutes
{
    public static IEnumerable<StoreWrite> Of(ClusterPlan plan, ObjectNames<RouteIdentity, BgpAdvertisedRouteResource> names)
    {
        foreach (BgpAdvertisedRouteResource old in names.Surplus) yield return Delete(old);
        HashSet<string> leaving = [.. names.Surplus.Select(route => route.Metadata.Name)];
        foreach (PlannedRoute route in plan.Routes)
        {
            RouteIdentity identity = RouteIdentity.Of(route);
            string name = names.Names[identity];
            bool there = names.Kept.TryGetValue(identity, out BgpAdvertisedRouteResource? old);
            if (!route.Held)
            {
                if (there) yield return Delete(old!);
            }
            else if (there)
            {
                if (!IsOf(route, old!)) yield return Writes.Update(Spec(route, old!.Metadata), Step(route, name, old));
            }
            else if (!leaving.Contains(name))
            {
                // Of one whose name is still taken, the next pass makes an object.
                BgpAdvertisedRouteResource created = Spec(route, new() { Name = name, Namespace = LeaseNames.SystemNamespace });
                yield return Writes.Create(created, new PlanStep(PlanStepAction.Add, PlanStepKind.Route, name, null, PlanDifference.Hops(route), route.Prefix.ToString()));
            }
        }
    }

    private static StoreWrite Delete(BgpAdvertisedRouteResource old) =>
        Writes.Delete(old, new PlanStep(PlanStepAction.Remove, PlanStepKind.Route, old.Metadata.Name, old.NextHops.IsEmpty ? null : old.NextHops[0].Node, null, $"{old.Prefix} is not announced"));

    private static PlanStep Step(PlannedRoute route, string name, BgpAdvertisedRouteResource old)
    {
        string? first = old.NextHops.IsEmpty ? null : old.NextHops[0].Node;
        return first == route.First.Node
            ? new(PlanStepAction.Change, PlanStepKind.Route, name, string.Join(", ", old.NextHops.Select(hop => hop.Node)), PlanDifference.Hops(route), route.Prefix.ToString())
            : new(PlanStepAction.Move, PlanStepKind.Route, name, first, route.First.Node, route.Prefix.ToString());
    }

    // Compared where it stands: there may be ten thousand routes of a hundred next hops.
    private static bool IsOf(PlannedRoute route, BgpAdvertisedRouteResource old)
    {
        if (old.ServiceNamespace != route.ServiceNamespace || old.ServiceName != route.ServiceName || old.Prefix != route.Prefix.ToIPNetwork() || old.NextHops.Length != route.Ranking.Length) return false;
        for (int i = 0; i < old.NextHops.Length; i++)
        {
            NextHop hop = route.Set.Nodes[route.Ranking[i]];
            if (old.NextHops[i].Node != hop.Node || !old.NextHops[i].Address.Equals(hop.Address)) return false;
        }

        return true;
    }

    private static BgpAdvertisedRouteResource Spec(PlannedRoute route, ResourceMetadata metadata) => new()
    {
        Metadata = metadata,
        ServiceNamespace = route.ServiceNamespace,
        ServiceName = route.ServiceName,
        Prefix = route.Prefix.ToIPNetwork(),
        NextHops = [.. route.NextHops.Select(hop => new AdvertisedNextHop(hop.Node, hop.Address))],
    };
}
