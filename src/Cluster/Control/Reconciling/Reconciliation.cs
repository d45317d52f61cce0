using System.Collections.Immutable;
using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Planning.Names;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Control.Reconciling;

/// <summary>What has to be written so that the stores say what the plan says. Pure.</summary>
internal static class Reconciliation
{
    /// <param name="snapshot">What the plan was made of.</param>
    public static ImmutableArray<StoreWrite> Of(
        ClusterPlan plan,
        ClusterSnapshot snapshot,
        IReadOnlyCollection<BgpSessionResource> sessions,
        IReadOnlyCollection<BgpAdvertisedRouteResource> routes)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(snapshot);
        return
        [
            .. Placement.Of(plan, snapshot.NetworkGatewayGroup) is { } placement ? [placement] : Array.Empty<StoreWrite>(),
            .. ServiceStatuses.Of(plan, snapshot.Services),
            .. SessionSpecs.Of(plan, PlannedNames.OfSessions(plan, sessions)),
            .. AdvertisedRoutes.Of(plan, PlannedNames.OfRoutes(plan, routes)),
        ];
    }
}
