using System.Net.Sockets;

namespace BgpLoadBalancer.Node.Arp;

/// <summary>Makes the one exception of what the kernel says to a packet socket.</summary>
internal static class ArpFailure
{
    // errno(3) of Linux, for which SocketError has no name.
    private const int NoSuchDeviceOrAddress = 6;
    private const int NoSuchDevice = 19;

    /// <param name="what">Such as "send an ARP packet".</param>
    public static NodeNetworkException Of(SocketException exception, string what, string interfaceName)
    {
        (NodeNetworkFault fault, string advice) = exception switch
        {
            { SocketErrorCode: SocketError.AccessDenied } => (NodeNetworkFault.NotPermitted, " Run as root, or give the process the capability CAP_NET_RAW."),
            { SocketErrorCode: SocketError.NetworkDown } => (NodeNetworkFault.InterfaceDown, $" Bring it up: ip link set {interfaceName} up."),
            { NativeErrorCode: NoSuchDevice or NoSuchDeviceOrAddress } => (NodeNetworkFault.NoInterface, " See 'ip link' for the interfaces of this host."),
            _ => (NodeNetworkFault.Other, ""),
        };
        return new($"Could not {what} on {interfaceName}: {exception.Message.TrimEnd('.')}.{advice}", fault, exception);
    }
}
