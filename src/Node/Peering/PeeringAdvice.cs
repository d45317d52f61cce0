using System.Net;
using BgpLoadBalancer.Bgp.Transport;
using BgpLoadBalancer.Bgp.Wire;

namespace BgpLoadBalancer.Node.Peering;

/// <summary>What to look at. Pure.</summary>
internal static class PeeringAdvice
{
    /// <summary>After a failure: from the furthest stage back to the first.</summary>
    public static string ForFailure(PeeringRequest request, IPAddress? local, PeeringFacts facts)
    {
        string us = local is null ? "this host" : local.ToString();
        return facts switch
        {
            { Sent: { Code: BgpErrorCode.OpenMessageError } sent } => sent.Subcode switch
            {
                OpenErrorSubcode.BadPeerAs => $"The router is not in AS {request.PeerAsn}: correct the peer's ASN, or the router's own.",
                OpenErrorSubcode.UnacceptableHoldTime => "The router offers a hold time of 1 or 2 s, which RFC 4271 forbids: give it 3 s or more.",
                OpenErrorSubcode.UnsupportedCapability => "The router speaks neither IPv4 nor IPv6 unicast with us: activate an address family for this neighbor.",
                _ => $"The router's OPEN cannot be taken ({sent.Meaning}).",
            },
            { Received: { Code: BgpErrorCode.OpenMessageError } received } => received.Subcode switch
            {
                OpenErrorSubcode.BadPeerAs => $"The router expects another AS than {request.LocalAsn} from {us}: correct the local ASN, or the router's entry for this neighbor.",
                OpenErrorSubcode.BadBgpIdentifier => "The router does not accept our BGP Identifier: it may be its own.",
                OpenErrorSubcode.UnacceptableHoldTime => $"The router does not accept a hold time of {request.HoldTime.TotalSeconds:0} s: look at its minimum.",
                _ => $"The router does not take our OPEN ({received.Meaning}): see its log.",
            },
            { Received: { Code: BgpErrorCode.Cease } cease } => cease.Subcode switch
            {
                CeaseSubcode.ConnectionCollisionResolution => $"The router has a session with {us} already: find its other end (ss -tn 'sport = :179 or dport = :179'), or wait until its hold timer has run out.",
                CeaseSubcode.AdministrativeShutdown => $"The router's neighbor {us} is shut down: enable it.",
                CeaseSubcode.PeerDeconfigured => $"The router has no neighbor {us} any more: configure it.",
                CeaseSubcode.ConnectionRejected => $"The router rejects connections of {us}: see that the neighbor is configured and enabled.",
                CeaseSubcode.MaximumPrefixesReached => "The router's prefix limit is reached: raise it, or announce less.",
                _ => $"The router closed the session ({cease.Meaning}): see its log.",
            },
            { Received: { } other } => $"The router ended the session ({other.Meaning}): see its log.",
            { Sent.Code: BgpErrorCode.HoldTimerExpired } => $"The router took the connection and then said nothing: check that it has a neighbor {us} in AS {request.LocalAsn}{Password(request)}.",
            { OpenReceived: true } => "The OPENs went both ways, but the session was not confirmed: see the router's log.",
            { TcpConnected: true } => $"The router took the connection but sent no OPEN: check that it has a neighbor {us} in AS {request.LocalAsn}, and that no other session of {us} stands in the way.",
            { Fault: BgpTransportFault.Refused } => $"Nothing accepts BGP on {request.PeerAddress} port {request.Port}: see that the daemon runs, that it listens there, and that no firewall resets the connection.",
            { Fault: BgpTransportFault.Unreachable } => $"There is no way from {us} to {request.PeerAddress}: look at this host's routes (ip route get {request.PeerAddress}) and at ARP (ip neigh).",
            { Fault: BgpTransportFault.LocalAddress } => $"{request.LocalAddress} is not an address of this host: give one that 'ip address' shows.",
            _ => $"{request.PeerAddress} does not answer on port {request.Port}: a firewall may drop the packets, the router may not know the way back to {us}{Password(request)}{Ttl(request)}.",
        };
    }

    /// <summary>After a success: what would make it better; null when nothing would.</summary>
    public static string? ForSuccess(bool addPathReceive, bool sharesSubnet)
    {
        List<string> advice = [];
        if (!addPathReceive)
        {
            advice.Add("The router does not receive ADD-PATH: each session carries one next hop a prefix. Turn on ADD-PATH in receive mode for this neighbor (RFC 7911) to spread traffic over all nodes.");
        }

        if (!sharesSubnet)
        {
            advice.Add("The router is not in a subnet of this address: next hops of other nodes are resolved by its routing table, so it needs routes to the load-balancer nodes, and multihop on this neighbor.");
        }

        return advice.Count == 0 ? null : string.Join(' ', advice);
    }

    private static string Password(PeeringRequest request) => request.Password is null ? ", or the router wants a password" : ", or the password differs";

    private static string Ttl(PeeringRequest request) => request.TtlSecurity ? ", or a hop in between lowers the TTL that both sides insist on" : "";
}
