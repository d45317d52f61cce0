using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Planning.Names;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;

namespace BgpLoadBalancer.Cluster.Control.Reconciling;

/// <summary>The specs of the BGPSessions (R30): of service sessions all, of control-plane sessions, which their nodes write, only the removal of what nobody is left to remove.</summary>
internal static class SessionSpecs
{
    public static void Of(ClusterPlan plan, ObjectNames<SessionIdentity, BgpSessionResource> names, PassWrites writes)
    {
        writes.AddEach(names.Surplus, Delete, Subject);
        HashSet<string> leaving = [.. names.Surplus.Select(session => session.Metadata.Name)];
        writes.AddEach(plan.ServiceSessions, session => Of(session, names, leaving), session => $"BgpSession {session.Name}");
    }

    private static string Subject(BgpSessionResource session) => $"BgpSession {ResourceKey.Of(session)}";

    private static StoreWrite Delete(BgpSessionResource old) =>
        Writes.Delete(old, new PlanStep(PlanStepAction.Remove, PlanStepKind.Session, old.Metadata.Name, old.NodeName, null, old.FloatingIP is null ? "no control-plane session is planned there" : $"from floating IP {old.FloatingIP}"));

    private static StoreWrite? Of(ServiceSession session, ObjectNames<SessionIdentity, BgpSessionResource> names, HashSet<string> leaving)
    {
        SessionIdentity identity = SessionIdentity.Of(session);
        string name = names.Names[identity];
        if (names.Kept.TryGetValue(identity, out BgpSessionResource? old))
        {
            BgpSessionResource wanted = Spec(session, old.Metadata) with { Status = old.Status };
            return wanted == old ? null : Writes.Update(wanted, new PlanStep(PlanStepAction.Change, PlanStepKind.Session, name, Describe(old), Describe(wanted), ""));
        }

        // Of one whose name is still taken, the next pass makes an object.
        if (leaving.Contains(name)) return null;
        BgpSessionResource created = Spec(session, new() { Name = name, Namespace = LeaseNames.SystemNamespace });
        return Writes.Create(created, new PlanStep(PlanStepAction.Add, PlanStepKind.Session, name, null, session.Node, $"from floating IP {session.FloatingIP}"));
    }

    private static BgpSessionResource Spec(ServiceSession session, ResourceMetadata metadata) => new()
    {
        Metadata = metadata,
        FloatingIP = session.FloatingIP,
        LocalAsn = session.LocalAsn,
        LocalIP = session.FloatingIP,
        NodeName = session.Node,
        PeerAsn = session.Peer.Asn,
        PeerIP = session.Peer.Address,
    };

    private static string Describe(BgpSessionResource session) => $"AS{session.LocalAsn} {session.LocalIP} on {session.NodeName} -> AS{session.PeerAsn} {session.PeerIP}";
}
