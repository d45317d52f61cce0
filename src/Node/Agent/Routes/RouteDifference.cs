using System.Collections.Immutable;
using BgpLoadBalancer.Bgp.Routes;
using BgpLoadBalancer.Cluster.Planning;

namespace BgpLoadBalancer.Node.Agent.Routes;

/// <summary>
/// What changes in the announced routes from one plan to the next. Plans share what has not changed, so a service that is the same object costs a
/// comparison and nothing else.
/// </summary>
internal static class RouteDifference
{
    /// <param name="before">Null: nothing is announced yet.</param>
    /// <param name="after">Null: nothing is to be announced any more.</param>
    /// <returns>Withdrawals first: a prefix may go from one service to another.</returns>
    public static List<RouteChange> Between(ClusterPlan? before, ClusterPlan? after, SharedPathSets paths)
    {
        ImmutableArray<PlannedService> old = before?.Services ?? [];
        ImmutableArray<PlannedService> now = after?.Services ?? [];
        List<RouteChange> changes = [];
        List<RouteChange> announcements = [];
        int o = 0;
        int n = 0;
        while (o < old.Length || n < now.Length)
        {
            int order = o == old.Length ? 1 : n == now.Length ? -1 : Compare(old[o], now[n]);
            PlannedService? was = order <= 0 ? old[o++] : null;
            PlannedService? isNow = order >= 0 ? now[n++] : null;
            if (ReferenceEquals(was, isNow)) continue;
            Withdraw(was, isNow, changes);
            Announce(was, isNow, paths, announcements);
        }

        changes.AddRange(announcements);
        return changes;
    }

    private static void Withdraw(PlannedService? was, PlannedService? isNow, List<RouteChange> changes)
    {
        if (was is null) return;
        foreach (PlannedRoute route in was.Routes)
        {
            if (route.Held && !Announces(isNow, route)) changes.Add(RouteChange.Withdraw(route.Prefix));
        }
    }

    private static bool Announces(PlannedService? service, PlannedRoute like)
    {
        if (service is null) return false;
        foreach (PlannedRoute route in service.Routes) if (route.Held && route.Prefix == like.Prefix) return true;
        return false;
    }

    private static void Announce(PlannedService? was, PlannedService? isNow, SharedPathSets paths, List<RouteChange> announcements)
    {
        if (isNow is null) return;
        foreach (PlannedRoute route in isNow.Routes)
        {
            // A route that was not held was another object.
            if (route.Held && (was is null || !Contains(was.Routes, route))) announcements.Add(RouteChange.Announce(route.Prefix, paths.Of(route)));
        }
    }

    private static bool Contains(ImmutableArray<PlannedRoute> routes, PlannedRoute wanted)
    {
        foreach (PlannedRoute route in routes) if (ReferenceEquals(route, wanted)) return true;
        return false;
    }

    private static int Compare(PlannedService one, PlannedService other) =>
        string.CompareOrdinal(one.Namespace, other.Namespace) is var order and not 0 ? order : string.CompareOrdinal(one.Name, other.Name);
}
