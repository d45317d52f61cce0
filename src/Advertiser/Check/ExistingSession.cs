using System.Net;
using System.Net.NetworkInformation;
using BgpLoadBalancer.Advertiser.Configuration;

namespace BgpLoadBalancer.Advertiser.Check;

/// <summary>Finds sessions that this host has already.</summary>
internal static class ExistingSession
{
    private const int BgpPort = 179;

    /// <summary>
    /// Whether there is a BGP connection between the configuration's two addresses, of whichever program, dialled by either side. A second
    /// one makes routers close the first (RFC 4271 §6.8).
    /// </summary>
    public static bool Exists(IPAddress localIP, PeerConfig peer, IEnumerable<TcpConnectionInformation> connections) => connections.Any(connection =>
        connection.State == TcpState.Established
        && Plain(connection.LocalEndPoint.Address).Equals(localIP)
        && Plain(connection.RemoteEndPoint.Address).Equals(peer.PeerIP)
        && (connection.RemoteEndPoint.Port == peer.PeerPort || connection.LocalEndPoint.Port == BgpPort));

    /// <summary>The connections of this host's network namespace.</summary>
    public static TcpConnectionInformation[] OfThisHost() => IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpConnections();

    // A socket for both families shows IPv4 peers as ::ffff:a.b.c.d.
    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
