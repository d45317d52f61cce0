using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Control.Reconciling;

internal static class PlannedNames
{
    public static IReadOnlyCollection<(ServiceSession Session, string Name)> OfSessions(ClusterPlan plan, IReadOnlyCollection<BgpSessionResource> existing) => [.. plan.ServiceSessions.Select(s => (s, s.Name))];

    public static IReadOnlyCollection<(PlannedRoute Route, string Name)> OfRoutes(ClusterPlan plan, IReadOnlyCollection<BgpAdvertisedRouteResource> existing) => [.. plan.Routes.Select(r => (r, r.NameFor(plan.LoadBalancerName)))];
}
