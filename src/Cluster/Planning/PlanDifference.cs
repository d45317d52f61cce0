using System.Collections.Immutable;
using System.Globalization;

namespace BgpLoadBalancer.Cluster.Planning;

/// <summary>What has to be done to get from one plan to another: floating IPs, sessions, addresses, routes, each in the plans' order.</summary>
public static class PlanDifference
{
    // So many next hops are named in a step.
    private const int MostNamed = 4;

    public static ImmutableArray<PlanStep> Between(ClusterPlan from, ClusterPlan to)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        return
        [
            .. FloatingIPs(from, to),
            .. ControlPlaneSessions(from, to),
            .. ServiceSessions(from, to),
            .. Services(from, to),
        ];
    }

    private static IEnumerable<PlanStep> FloatingIPs(ClusterPlan from, ClusterPlan to) => Pairs(from.FloatingIPs, to.FloatingIPs, floating => floating.Address).Select(pair => pair switch
    {
        (null, { } added) => new PlanStep(PlanStepAction.Add, PlanStepKind.FloatingIP, added.Address.ToString(), null, added.Node, added.Reason?.Message ?? ""),
        ({ } removed, null) => new(PlanStepAction.Remove, PlanStepKind.FloatingIP, removed.Address.ToString(), removed.Node, null, ""),
        ({ } old, { } now) when old.Node != now.Node => new(PlanStepAction.Move, PlanStepKind.FloatingIP, now.Address.ToString(), old.Node, now.Node, now.Reason?.Message ?? WhyUnhealthy(to, old.Node)),
        _ => null,
    }).OfType<PlanStep>();

    private static IEnumerable<PlanStep> ControlPlaneSessions(ClusterPlan from, ClusterPlan to) =>
        Pairs(from.ControlPlaneSessions, to.ControlPlaneSessions, session => (session.PeerAddress, session.LocalAddress)).Select(pair => pair switch
        {
            (null, { } added) => new PlanStep(PlanStepAction.Add, PlanStepKind.Session, added.Name, null, added.Node, ""),
            ({ } removed, null) => new(PlanStepAction.Remove, PlanStepKind.Session, removed.Name, removed.Node, null, ""),
            ({ } old, { } now) when old != now => SessionDifference.Step(now.Name, SessionDifference.Parts(old), SessionDifference.Parts(now), ""),
            _ => null,
        }).OfType<PlanStep>();

    private static IEnumerable<PlanStep> ServiceSessions(ClusterPlan from, ClusterPlan to) =>
        Pairs(from.ServiceSessions, to.ServiceSessions, session => (session.Peer.Address, session.FloatingIP)).Select(pair => pair switch
        {
            (null, { } added) => new PlanStep(PlanStepAction.Add, PlanStepKind.Session, added.Name, null, added.Node, $"from floating IP {added.FloatingIP}"),
            ({ } removed, null) => new(PlanStepAction.Remove, PlanStepKind.Session, removed.Name, removed.Node, null, $"from floating IP {removed.FloatingIP}"),
            ({ } old, { } now) when old.Node != now.Node => new(PlanStepAction.Move, PlanStepKind.Session, old.Name, old.Node, now.Node, $"goes with floating IP {now.FloatingIP}"),
            ({ } old, { } now) => SessionDifference.Step(now.Name, SessionDifference.Parts(old), SessionDifference.Parts(now), $"from floating IP {now.FloatingIP}"),
            _ => null,
        }).OfType<PlanStep>();

    private static IEnumerable<PlanStep> Services(ClusterPlan from, ClusterPlan to)
    {
        (PlannedService? From, PlannedService? To)[] changed = [.. Pairs(from.Services, to.Services, service => (service.Namespace, service.Name)).Where(pair => !ReferenceEquals(pair.From, pair.To))];
        foreach ((PlannedService? old, PlannedService? now) in changed)
        {
            foreach (bool isIPv6 in (bool[])[false, true])
            {
                string? before = old?.Assignment.Of(isIPv6)?.ToAddress().ToString();
                string? after = now?.Assignment.Of(isIPv6)?.ToAddress().ToString();
                if (before == after) continue;
                PlanStepAction action = before is null ? PlanStepAction.Add : after is null ? PlanStepAction.Remove : PlanStepAction.Change;
                yield return new(action, PlanStepKind.Address, $"{(now ?? old)!.Namespace}/{(now ?? old)!.Name}", before, after, Why(now));
            }
        }

        foreach ((PlannedService? old, PlannedService? now) in changed)
        {
            foreach ((PlannedRoute? before, PlannedRoute? after) in Pairs(old?.Routes ?? [], now?.Routes ?? [], route => route.Prefix))
            {
                if (Route(before, after, now, from, to) is { } step) yield return step;
            }
        }
    }

    private static PlanStep? Route(PlannedRoute? before, PlannedRoute? after, PlannedService? service, ClusterPlan from, ClusterPlan to)
    {
        if (before is null) return after is null ? null : new(PlanStepAction.Add, PlanStepKind.Route, after.NameFor(to.LoadBalancerName), null, Hops(after), after.Prefix.ToString());
        string name = before.NameFor(from.LoadBalancerName);
        if (after is null) return new(PlanStepAction.Remove, PlanStepKind.Route, name, Hops(before), null, Why(service));
        if (ReferenceEquals(before.Set, after.Set) || before.NextHops.SequenceEqual(after.NextHops)) return null;
        name = after.NameFor(to.LoadBalancerName);
        return before.First != after.First
            ? new(PlanStepAction.Move, PlanStepKind.Route, name, before.First.Node, after.First.Node, after.NextHops.Contains(before.First) ? $"node {after.First.Node} is a next hop now" : WhyNoNextHop(to, before.First.Node))
            : new(PlanStepAction.Change, PlanStepKind.Route, name, Hops(before), Hops(after), HowHopsDiffer(before, after));
    }

    private static string HowHopsDiffer(PlannedRoute before, PlannedRoute after)
    {
        string[] gone = [.. before.NextHops.Except(after.NextHops).Select(hop => hop.Node)];
        string[] come = [.. after.NextHops.Except(before.NextHops).Select(hop => hop.Node)];
        return string.Join("; ", new[] { Named("without", gone), Named("with", come) }.Where(text => text.Length > 0));

        static string Named(string word, string[] nodes) =>
            nodes.Length == 0 ? "" : nodes.Length > MostNamed ? string.Create(CultureInfo.InvariantCulture, $"{word} {string.Join(", ", nodes[..MostNamed])} and {nodes.Length - MostNamed} more") : $"{word} {string.Join(", ", nodes)}";
    }

    private static string Why(PlannedService? service) => service is null ? "the service is gone" : Messages(service.Reasons);

    private static string WhyUnhealthy(ClusterPlan to, string? node) =>
        node is null ? "" : Find(to, node) is { } planned ? Messages(planned.Reasons.Where(reason => reason.Code is PlanReasonCode.NodeNotReady or PlanReasonCode.NodeLeaseExpired)) : $"node {node} is gone";

    private static string WhyNoNextHop(ClusterPlan to, string node) => Find(to, node) switch
    {
        null => $"node {node} is gone",
        { LoadBalancer: false } => $"node {node} is no load-balancer node any more",
        { } planned => Messages(planned.Reasons.Where(reason => reason.Code != PlanReasonCode.ExclusionIgnored)),
    };

    private static PlannedNode? Find(ClusterPlan plan, string node) => plan.Nodes.FirstOrDefault(candidate => candidate.Name == node);

    private static string Messages(IEnumerable<PlanReason> reasons) => string.Join(" ", reasons.Select(reason => reason.Message));

    internal static string Hops(PlannedRoute route)
    {
        string named = string.Join(", ", route.NextHops.Take(MostNamed).Select(hop => hop.Node));
        int more = route.Ranking.Length - MostNamed;
        return more > 0 ? string.Create(CultureInfo.InvariantCulture, $"{named} and {more} more") : named;
    }

    /// <summary>What is in both by key, what went and what came: first in the order of the old, then of the new.</summary>
    private static IEnumerable<(T? From, T? To)> Pairs<T, TKey>(ImmutableArray<T> from, ImmutableArray<T> to, Func<T, TKey> key)
        where T : class
        where TKey : notnull
    {
        Dictionary<TKey, T> now = to.ToDictionary(key);
        HashSet<TKey> old = [.. from.Select(key)];
        foreach (T item in from) yield return (item, now.GetValueOrDefault(key(item)));
        foreach (T item in to.Where(item => !old.Contains(key(item)))) yield return (null, item);
    }
}
