using BgpLoadBalancer.Advertiser.Configuration;
using BgpLoadBalancer.Bgp.Wire;

namespace BgpLoadBalancer.Advertiser.Check;

/// <summary>What to look at when a peering did not come up. Pure.</summary>
internal static class PeeringAdvice
{
    public static string For(AdvertiserConfig config, PeerConfig peer, PeeringProgress progress)
    {
        if (progress.Sent is { Code: BgpErrorCode.OpenMessageError, Subcode: OpenErrorSubcode.BadPeerAs })
        {
            return $"The router is not in AS {peer.PeerAsn}: correct peerASN, or the router's own AS number.";
        }

        if (progress.Received is { Code: BgpErrorCode.OpenMessageError, Subcode: OpenErrorSubcode.BadPeerAs })
        {
            return $"The router expects another AS than {config.LocalAsn} of {config.LocalIP}: correct localASN, or the router's entry for this neighbor.";
        }

        if (progress.Received is { Code: BgpErrorCode.OpenMessageError } refused) return $"The router does not take our OPEN ({refused.Meaning}): see its log.";
        if (progress.Sent is { Code: BgpErrorCode.OpenMessageError } wrong) return $"The router's OPEN cannot be taken ({wrong.Meaning}): see the log of this check.";
        if (progress.Received is { Code: BgpErrorCode.Cease } cease) return $"The router closed the session ({cease.Meaning}): see whether its neighbor {config.LocalIP} is enabled.";
        if (progress.OpenReceived) return "The OPENs went both ways, but the session was not confirmed: see the router's log.";
        string password = peer.Password is null ? "" : ", and that the password is the same";
        return progress.TcpConnected
            ? $"The router took the connection but sent no OPEN: check that it has a neighbor {config.LocalIP} in AS {config.LocalAsn}{password}."
            : $"There was no TCP connection: check that the router listens on port {peer.PeerPort}, has a neighbor {config.LocalIP}, and that no firewall is between{password}.";
    }
}
