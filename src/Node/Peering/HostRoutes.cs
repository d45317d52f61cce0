using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using BgpLoadBalancer.Bgp;

namespace BgpLoadBalancer.Node.Peering;

/// <summary>What this host's kernel says of the way to a peer.</summary>
public static class HostRoutes
{
    /// <summary>The source address that the kernel would take; null when there is no route. Sends nothing.</summary>
    public static IPAddress? SourceFor(IPAddress peer)
    {
        using Socket socket = new(peer.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            socket.Connect(new IPEndPoint(peer, BgpPeerOptions.DefaultPort));
            return ((IPEndPoint)socket.LocalEndPoint!).Address;
        }
        catch (SocketException)
        {
            return null;
        }
    }

    /// <summary>Whether the peer is in the subnet of that address of ours, so that third-party next hops of the subnet are its own (RFC 4271 §5.1.3).</summary>
    public static bool SharesSubnet(IPAddress local, IPAddress peer) =>
        IPAddress.IsLoopback(peer)
        || NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(card => card.GetIPProperties().UnicastAddresses)
            .Where(address => address.Address.Equals(local))
            .Any(address => Bgp.IPPrefix.From(local, address.PrefixLength).Contains(peer));
}
