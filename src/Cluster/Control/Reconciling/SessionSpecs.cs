using System.Net;
using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Control.Reconciling;

/// <summary>The specs of the BGPSessions (R30): of service sessions all, of control-plane sessions, which their nodes write, only the removal of what nobody is left to remove.</summary>
internal static class SessionSpecs
{
    /// <param name="named">The planned sessions with their names (R32).</param>
    public static IEnumerable<StoreWrite> Of(ClusterPlan plan, IReadOnlyCollection<(ServiceSession Session, string Name)> named, IEnumerable<BgpSessionResource> existing)
    {
        Dictionary<string, BgpSessionResource> there = existing
            .Where(session => session.Metadata.Namespace == LeaseNames.SystemNamespace)
            .ToDictionary(session => session.Metadata.Name, StringComparer.Ordinal);
        foreach ((ServiceSession session, string name) in named)
        {
            if (!there.Remove(name, out BgpSessionResource? old))
            {
                BgpSessionResource created = Spec(session, new() { Name = name, Namespace = LeaseNames.SystemNamespace });
                yield return Writes.Create(created, new PlanStep(PlanStepAction.Add, PlanStepKind.Session, name, null, session.Node, $"from floating IP {session.FloatingIP}"));
                continue;
            }

            BgpSessionResource wanted = Spec(session, old.Metadata) with { Status = old.Status };
            if (wanted != old) yield return Writes.Update(wanted, new PlanStep(PlanStepAction.Change, PlanStepKind.Session, name, Describe(old), Describe(wanted), ""));
        }

        HashSet<(string Node, IPAddress Peer)> controlPlane = [.. plan.ControlPlaneSessions.Select(session => (session.Node, session.PeerAddress))];
        foreach (BgpSessionResource old in there.Values.Where(old => old.FloatingIP is not null || !controlPlane.Contains((old.NodeName, old.PeerIP))))
        {
            yield return Writes.Delete(old, new PlanStep(PlanStepAction.Remove, PlanStepKind.Session, old.Metadata.Name, old.NodeName, null, old.FloatingIP is null ? "no control-plane session is planned there" : $"from floating IP {old.FloatingIP}"));
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
