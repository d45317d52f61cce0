using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using BgpLoadBalancer.Cluster.Planning.Names;

namespace BgpLoadBalancer.Cluster.Planning;

/// <summary>
/// A plan as stable text for people and golden files: sections, one line each, with reasons. Names are those that a cluster without sessions and
/// routes would get (R32). Lines end in a line feed.
/// </summary>
public static class PlanText
{
    public static string Render(ClusterPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        IReadOnlyDictionary<SessionIdentity, string> sessions = PlannedNames.OfSessions(plan, []).Names;
        IReadOnlyDictionary<RouteIdentity, string> routes = PlannedNames.OfRoutes(plan, []).Names;
        StringBuilder text = new();
        Section(text, "cluster", plan.Reasons.Select(reason => reason.ToString()));
        Section(text, "nodes", plan.Nodes.Select(Node));
        Section(text, "floating IPs", plan.FloatingIPs.Select(floating => $"{floating.Address} -> {floating.Node ?? "none"}{Because(floating.Reason is { } reason ? [reason] : [])}"));
        Section(text, "control-plane sessions", plan.ControlPlaneSessions.Select(session => Text($"{sessions[SessionIdentity.Of(session)]}: AS{session.LocalAsn} {session.LocalAddress} -> AS{session.PeerAsn} {session.PeerAddress}:{session.PeerPort}, {(session.Vip is { } vip ? $"{vip} via {session.LocalAddress}" : "no route")}")));
        Section(text, "peers", plan.Peers.Select(Peer));
        Section(text, "service sessions", plan.ServiceSessions.Select(session => Text($"{sessions[SessionIdentity.Of(session)]}: AS{session.LocalAsn} {session.FloatingIP} -> AS{session.Peer.Asn} {session.Peer.Address}:{session.Peer.Port}, rank {session.Rank}")));
        Section(text, "services", plan.Services.Select(Service));
        Section(text, "routes", plan.Routes.Select(route => Text($"{routes[RouteIdentity.Of(route)]}: {route.Prefix} via {string.Join(", ", route.NextHops.Select(Hop))}")));
        return text.ToString();
    }

    private static void Section(StringBuilder text, string title, IEnumerable<string> lines)
    {
        _ = text.Append(title).Append(":\n");
        foreach (string line in lines) _ = text.Append("  ").Append(line).Append('\n');
    }

    private static string Node(PlannedNode node)
    {
        string?[] parts =
        [
            node.Address?.ToString() ?? "no IPv4 address",
            node.IPv6Address?.ToString(),
            node.ControlPlane ? "control plane" : null,
            node.LoadBalancer ? "load balancer" : null,
            node.Healthy ? "healthy" : "not healthy",
            node.Excluded ? "excluded" : null,
            node.Subnets.IsEmpty ? "subnets unknown" : $"subnets {string.Join(" ", node.Subnets)}",
        ];
        return $"{node.Name}: {string.Join(", ", parts.Where(part => part is not null))}{Because(node.Reasons)}";
    }

    private static string Peer(PlannedPeer peer) => Text($"{peer.Name}: AS{peer.Asn} {peer.Address}:{peer.Port}, {Wanted(peer)}{Because(peer.Reasons)}");

    private static string Wanted(PlannedPeer peer) =>
        !peer.Usable ? "not used"
        : peer.WantedSessions is { } wanted ? Text($"{wanted} sessions{(peer.Shortfall > 0 ? Text($", {peer.Shortfall} short") : "")}")
        : "a session from every floating IP";

    private static string Service(PlannedService service)
    {
        string addresses = service.Addresses.IsEmpty
            ? "no address"
            : string.Join(", ", service.Addresses.Select(address => $"{address.Address} ({address.Pool}{(address.Held ? "" : ", new")})"));
        return $"{service.Namespace}/{service.Name}: {addresses}, {(service.Announced ? "announced" : "not announced")}{Because(service.Reasons)}";
    }

    private static string Hop(NextHop hop) => Text($"{hop.Node} {hop.Address} id {hop.PathId}");

    private static string Because(ImmutableArray<PlanReason> reasons) => reasons.IsEmpty ? "" : $" [{string.Join(" | ", reasons)}]";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
