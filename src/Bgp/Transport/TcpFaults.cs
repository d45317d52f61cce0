using System.Net.Sockets;

namespace BgpLoadBalancer.Bgp.Transport;

/// <summary>Socket errors in words, with what an operator can look at.</summary>
internal static class TcpFaults
{
    public static BgpTransportException Translate(SocketException e, string doing)
    {
        (BgpTransportFault fault, string text) = e.SocketErrorCode switch
        {
            SocketError.ConnectionRefused => (BgpTransportFault.Refused, "connection refused: nothing accepts BGP there, or not from this address"),
            SocketError.TimedOut => (BgpTransportFault.TimedOut, "no answer"),
            SocketError.HostUnreachable => (BgpTransportFault.Unreachable, "host unreachable: no answer to ARP, or a router said so"),
            SocketError.NetworkUnreachable => (BgpTransportFault.Unreachable, "network unreachable: this host has no route there"),
            SocketError.AddressNotAvailable => (BgpTransportFault.LocalAddress, "the local address is not on this host"),
            SocketError.AddressAlreadyInUse => (BgpTransportFault.LocalPort, "the local port is in use"),
            SocketError.AccessDenied => (BgpTransportFault.LocalPort, "permission denied: a port below 1024 needs CAP_NET_BIND_SERVICE"),
            SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown => (BgpTransportFault.Lost, "connection reset by the peer"),
            _ => (BgpTransportFault.Other, e.Message),
        };
        return new BgpTransportException($"{doing}: {text}", fault, e);
    }
}
