using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Cluster.Planning;

namespace BgpLoadBalancer.Node.Agent.Sessions;

/// <summary>A session of the plan as a speaker takes it.</summary>
/// <param name="Options">Null when it cannot be had as it is configured, and <paramref name="Problem"/> says why.</param>
public sealed record PlannedPeering(ServiceSession Session, BgpPeerOptions? Options, string? Problem)
{
    /// <summary>The name of the peer within the node's speaker.</summary>
    public string Name => NameOf(Session);

    /// <summary>One router may have a session from each floating IP.</summary>
    public static string NameOf(ServiceSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return $"{session.Peer.Address} from {session.FloatingIP}";
    }
}
