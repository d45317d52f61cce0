using System.Collections.Immutable;
using System.Net;
using BgpLoadBalancer.Cluster.Control.Reconciling;
using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;

namespace BgpLoadBalancer.Cluster.Control;

/// <summary>What a controller would do if it looked at the store now, and writes nothing.</summary>
public static class ReconciliationPreview
{
    /// <param name="snapshot">What was read from <paramref name="store"/>.</param>
    /// <exception cref="ClusterStoreException">The store did not answer.</exception>
    public static async Task<ImmutableArray<PlanStep>> ReadAsync(IClusterStore store, ClusterSnapshot snapshot, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ResourceList<BgpSessionResource> sessions = await store.ListAsync<BgpSessionResource>(LeaseNames.SystemNamespace, cancellationToken).ConfigureAwait(false);
        ResourceList<BgpAdvertisedRouteResource> routes = await store.ListAsync<BgpAdvertisedRouteResource>(LeaseNames.SystemNamespace, cancellationToken).ConfigureAwait(false);
        return Of(snapshot, sessions.Items, routes.Items);
    }

    internal static ImmutableArray<PlanStep> Of(ClusterSnapshot snapshot, ImmutableArray<BgpSessionResource> sessions, ImmutableArray<BgpAdvertisedRouteResource> routes)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        // A first pass gives addresses and places; routes of addresses that are new come with the next one, which sees them held.
        ClusterPlan plan = Planner.Plan(snapshot);
        ClusterSnapshot next = After(snapshot, plan);
        return
        [
            .. Steps(plan, snapshot).Where(step => step.Kind is PlanStepKind.FloatingIP or PlanStepKind.Address),
            .. Steps(Planner.Plan(next, plan), next),
        ];

        IEnumerable<PlanStep> Steps(ClusterPlan of, ClusterSnapshot seen) => Reconciliation.Of(of, seen, sessions, routes).SelectMany(write => write.Steps);
    }

    private static ClusterSnapshot After(ClusterSnapshot snapshot, ClusterPlan plan)
    {
        Dictionary<(string, string), ImmutableArray<IPAddress>> addresses = plan.Services.ToDictionary(
            service => (service.Namespace, service.Name),
            service => service.Addresses.Select(address => address.Address).ToImmutableArray());
        return snapshot with
        {
            NetworkGatewayGroup = snapshot.NetworkGatewayGroup is { } group
                ? group with { Status = [.. plan.FloatingIPs.Select(floating => new FloatingIPStatus(floating.Address, floating.Node, floating.Reason?.Message))] }
                : null,
            Services = [.. snapshot.Services.Select(service => addresses.TryGetValue((service.Metadata.Namespace, service.Metadata.Name), out ImmutableArray<IPAddress> now) ? service with { Addresses = now } : service)],
        };
    }
}
