using System.Net;
using System.Net.NetworkInformation;
using BgpLoadBalancer.Bgp;

namespace BgpLoadBalancer.Node.Peering;

/// <summary>Finds sessions that this host has already.</summary>
public static class ExistingSession
{
    /// <summary>
    /// Whether there is a BGP connection between the two addresses, of whichever program, dialled by either side. A second one may
    /// make a router close the first (RFC 4271 §6.8).
    /// </summary>
    /// <param name="local">Null: from any address of this host.</param>
    public static bool Exists(IPAddress? local, IPAddress peer, int peerPort, IEnumerable<TcpConnectionInformation> connections) => connections.Any(connection =>
        connection.State == TcpState.Established
        && (local is null || Plain(connection.LocalEndPoint.Address).Equals(local))
        && Plain(connection.RemoteEndPoint.Address).Equals(peer)
        && (connection.RemoteEndPoint.Port == peerPort || connection.LocalEndPoint.Port == BgpPeerOptions.DefaultPort));

    /// <summary>The connections of this host's network namespace.</summary>
    public static TcpConnectionInformation[] OfThisHost() => IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpConnections();

    // A socket for both families shows IPv4 peers as ::ffff:a.b.c.d.
    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
