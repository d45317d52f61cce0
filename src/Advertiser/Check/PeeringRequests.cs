using System.Collections.Immutable;
using System.Net;
using System.Net.NetworkInformation;
using BgpLoadBalancer.Advertiser.CommandLine;
using BgpLoadBalancer.Advertiser.Configuration;
using BgpLoadBalancer.Node.Peering;

namespace BgpLoadBalancer.Advertiser.Check;

/// <summary>Which peerings a check tries. Pure.</summary>
internal static class PeeringRequests
{
    public static ImmutableArray<PeeringRequest> Create(AdvertiserConfig config, AdvertiserArguments arguments) =>
    [
        .. config.Peers.Select(peer => new PeeringRequest
        {
            PeerAddress = peer.PeerIP,
            PeerAsn = peer.PeerAsn,
            Port = peer.PeerPort,
            LocalAddress = config.LocalIP,
            LocalAsn = config.LocalAsn,
            Advertise = arguments.Vips,
            Password = peer.Password,
            TtlSecurity = peer.TtlSecurity,
            HoldTime = peer.HoldTime,
            Timeout = arguments.Timeout,
            // Refuse has looked already, for all of them together.
            Force = true,
        }),
    ];

    /// <summary>
    /// Results for all peers when one has a session with this host; empty when none has. One is reason enough to leave all alone,
    /// since the VIP is the same.
    /// </summary>
    public static ImmutableArray<PeeringResult> Refuse(ImmutableArray<PeeringRequest> requests, TcpConnectionInformation[] connections)
    {
        IPAddress[] busy = [.. requests.Where(request => ExistingSession.Exists(request.LocalAddress, request.PeerAddress, request.Port, connections)).Select(request => request.PeerAddress)];
        if (busy.Length == 0) return [];
        return
        [
            .. requests.Select(request => Untried(
                request,
                busy.Contains(request.PeerAddress)
                    ? $"This host already has a BGP session between {request.LocalAddress} and {request.PeerAddress}, which the check could disturb."
                    : $"Not tried, because this host already has a BGP session with {string.Join<IPAddress>(", ", busy)}.",
                "Look at that session instead (/sessions of the running bgpadvertiser), or add --force.")),
        ];
    }

    public static PeeringResult Untried(PeeringRequest request, string error, string? advice) =>
        new() { Request = request, LocalAddress = request.LocalAddress, Error = error, Advice = advice };
}
