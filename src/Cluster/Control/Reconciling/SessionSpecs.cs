using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Planning.Names;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Control.Reconciling;

/// <summary>The specs of the BGPSessions (R30): of service sessions all, of control-plane sessions, which their nodes write, only the removal of what nobody is left to remove.</summary>
internal static class SessionSpecs
{
    public static IEnumerable<StoreWrite> Of(ClusterPlan plan, ObjectNames<SessionIdentity, BgpSessionResource> names)
    {
        foreach (BgpSessionResource old in names.Surplus)
        {
            yield return Writes.Delete(old, new PlanStep(PlanStepAction.Remove, PlanStepKind.Session, old.Metadata.Name, old.NodeName, null, old.FloatingIP is null ? "no control-plane session is planned there" : $"from floating IP {old.FloatingIP}"));
        }

        HashSet<string> leaving = [.. names.Surplus.Select(session => session.Metadata.Name)];
        foreach (ServiceSession session in plan.ServiceSessions)
        {
            SessionIdentity identity = SessionIdentity.Of(session);
            string name = names.Names[identity];
            if (names.Kept.TryGetValue(identity, out BgpSessionResource? old))
            {
                BgpSessionResource wanted = Spec(session, old.Metadata) with { Status = old.Status };
                if (wanted != old) yield return Writes.Update(wanted, new PlanStep(PlanStepAction.Change, PlanStepKind.Session, name, Describe(old), Describe(wanted), ""));
            }
            else if (!leaving.Contains(name))
            {
                // Of one whose name is still taken, the next pass makes an object.
                BgpSessionResource created = Spec(session, new() { Name = name, Namespace = LeaseNames.SystemNamespace });
                yield return Writes.Create(created, new PlanStep(PlanStepAction.Add, PlanStepKind.Session, name, null, session.Node, $"from floating IP {session.FloatingIP}"));
            }
        }
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
