using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Planning.Names;

/// <summary>
/// The names of a plan's BGPSessions and BGPAdvertisedRoutes, given those in the store (R30–R32). A pure function of both, whatever their order, so the
/// controller and every agent come to the same names.
/// <para>Sessions and routes alike: an object keeps its name while its identity is planned, also when the name that is meant for it has become free. New objects are later than any that exists, in order of identity among
/// themselves. The UID of the Service is not looked at: a Service that is deleted and made again is the same route.</para>
/// </summary>
public static class PlannedNames
{
    /// <param name="existing">All BGPSessions, those of the control plane among them: they share their names' space.</param>
    public static ObjectNames<SessionIdentity, BgpSessionResource> OfSessions(ClusterPlan plan, IEnumerable<BgpSessionResource> existing)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(existing);
        return NameGiver.Give(
            plan.ServiceSessions.Select(session => (Identity: SessionIdentity.Of(session), session.Name))
                .Concat(plan.ControlPlaneSessions.Select(session => (Identity: SessionIdentity.Of(session), session.Name))),
            session => session.Identity,
            session => session.Name,
            existing,
            SessionIdentity.Of);
    }

    /// <param name="existing">All BGPAdvertisedRoutes.</param>
    public static ObjectNames<RouteIdentity, BgpAdvertisedRouteResource> OfRoutes(ClusterPlan plan, IEnumerable<BgpAdvertisedRouteResource> existing)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(existing);
        return NameGiver.Give(plan.Routes, RouteIdentity.Of, route => route.NameFor(plan.LoadBalancerName), existing, RouteIdentity.Of);
    }
}
