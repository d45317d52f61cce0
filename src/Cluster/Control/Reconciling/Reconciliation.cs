using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Planning.Names;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Control.Reconciling;

/// <summary>What has to be written so that the stores say what the plan says. Pure: a controller, a pass on request and a preview all ask here.</summary>
internal static class Reconciliation
{
    /// <param name="snapshot">What the plan was made of.</param>
    public static void Of(
        ClusterPlan plan,
        ClusterSnapshot snapshot,
        IReadOnlyCollection<BgpSessionResource> sessions,
        IReadOnlyCollection<BgpAdvertisedRouteResource> routes,
        PassWrites writes)
    {
        writes.AddPart("The placement of floating IPs", writes => writes.Add(Placement.Of(plan, snapshot.NetworkGatewayGroup)));
        writes.AddPart("The status of Services", writes => ServiceStatuses.Of(plan, snapshot.Services, writes));
        writes.AddPart("The BGPSessions", writes => SessionSpecs.Of(plan, PlannedNames.OfSessions(plan, sessions), writes));
        writes.AddPart("The BGPAdvertisedRoutes", writes => AdvertisedRoutes.Of(plan, PlannedNames.OfRoutes(plan, routes), writes));
    }
}
