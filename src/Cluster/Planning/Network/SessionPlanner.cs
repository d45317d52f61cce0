using System.Collections.Immutable;
using BgpLoadBalancer.Cluster.Planning.Addresses;

namespace BgpLoadBalancer.Cluster.Planning.Network;

/// <summary>Which floating IPs each peer's sessions start from (R18).</summary>
internal static class SessionPlanner
{
    public static (ImmutableArray<PlannedPeer> Peers, ImmutableArray<ServiceSession> Sessions) Plan(
        ImmutableArray<PlannedPeer> peers,
        ImmutableArray<PlannedFloatingIP> floatingIPs,
        uint localAsn)
    {
        PlannedFloatingIP[] assigned = [.. floatingIPs.Where(floating => floating.Node is not null)];
        ImmutableArray<PlannedPeer>.Builder planned = ImmutableArray.CreateBuilder<PlannedPeer>(peers.Length);
        ImmutableArray<ServiceSession>.Builder sessions = ImmutableArray.CreateBuilder<ServiceSession>();
        foreach (PlannedPeer peer in peers)
        {
            PlannedPeer counted = peer.Usable ? Count(peer, assigned.Length) : peer;
            planned.Add(counted);
            if (!peer.Usable) continue;
            ulong hash = Rendezvous.Hash(AddressKey.Of(peer.Address));
            IEnumerable<PlannedFloatingIP> used = assigned
                .OrderBy(floating => Rendezvous.Mix(hash, Rendezvous.Hash(AddressKey.Of(floating.Address))))
                .Take(peer.WantedSessions ?? assigned.Length);
            sessions.AddRange(used.Select((floating, rank) => new ServiceSession(counted, localAsn, floating.Address, floating.Node!, rank)));
        }

        return (planned.MoveToImmutable(), sessions.ToImmutable());
    }

    private static PlannedPeer Count(PlannedPeer peer, int assigned)
    {
        if (peer.WantedSessions is not { } wanted || wanted <= assigned) return peer;
        PlanReason reason = new(PlanReasonCode.TooFewFloatingIPs, $"Peer {peer.Name} is to have {wanted} sessions, and {assigned} floating IPs are on nodes: {wanted - assigned} too few.");
        return peer with { Shortfall = wanted - assigned, Reasons = peer.Reasons.Add(reason) };
    }
}
