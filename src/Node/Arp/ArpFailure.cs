using System.Net.Sockets;

namespace BgpLoadBalancer.Node.Arp;

/// <summary>Makes the one exception of what the kernel says to a packet socket.</summary>
internal static class ArpFailure
{
    /// <param name="what">Such as "send an ARP packet".</param>
    public static NodeNetworkException Of(SocketException exception, string what, string interfaceName)
    {
        (NodeNetworkFault fault, string advice) = exception.SocketErrorCode switch
        {
            SocketError.AccessDenied => (NodeNetworkFault.NotPermitted, " Run as root, or give the process the capability CAP_NET_RAW."),
            SocketError.NetworkDown => (NodeNetworkFault.InterfaceDown, $" Bring it up: ip link set {interfaceName} up."),
            // The kernel's ENXIO, and its ENODEV, for which SocketError has no name.
            SocketError.HostNotFound or SocketError.SocketError => (NodeNetworkFault.NoInterface, " The interface may have gone: see 'ip link' for those of this host."),
            _ => (NodeNetworkFault.Other, ""),
        };
        return new($"Could not {what} on {interfaceName}: {exception.Message.TrimEnd('.')}.{advice}", fault, exception);
    }
}
