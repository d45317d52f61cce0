using System.Net;
using System.Net.Sockets;

namespace BgpLoadBalancer.Advertiser.Addresses;

/// <summary>What has to be so on this host before anything starts.</summary>
internal static class LocalHost
{
    /// <summary>Whether a socket can have the address as its own: asked of the kernel, which also knows 127.0.0.0/8 and non-local binding.</summary>
    public static bool Has(IPAddress address)
    {
        using Socket socket = new(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            socket.Bind(new IPEndPoint(address, 0));
            return true;
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressNotAvailable)
        {
            return false;
        }
    }

    /// <exception cref="LocalFaultException">The configuration's localIP is not on this host.</exception>
    public static void Require(IPAddress localIP)
    {
        if (!Has(localIP)) throw new LocalFaultException($"localIP {localIP} is not an address of this host: give one that 'ip address' shows.");
    }

    /// <summary>Listens; port 0 takes a free one.</summary>
    /// <param name="what">For the message, such as "health port".</param>
    /// <exception cref="LocalFaultException">The port is in use or not permitted, or the address is not on this host.</exception>
    public static Socket Listen(IPEndPoint endPoint, string what)
    {
        Socket socket = new(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(endPoint);
            socket.Listen();
            return socket;
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            string why = exception.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse => "another process has that port",
                SocketError.AddressNotAvailable => "that address is not on this host",
                SocketError.AccessDenied => "this process may not use that port",
                _ => exception.Message,
            };
            throw new LocalFaultException($"Cannot listen on {endPoint} ({what}): {why}.", exception);
        }
    }
}
