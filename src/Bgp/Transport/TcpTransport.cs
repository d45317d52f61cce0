using System.Net;
using System.Net.Sockets;

namespace BgpLoadBalancer.Bgp.Transport;

/// <summary>BGP over TCP (RFC 4271 §2), with MD5 signatures (RFC 2385) and TTL security (RFC 5082) on Linux.</summary>
/// <param name="socketFactory">Makes the sockets, for example in another network namespace; null makes plain ones.</param>
public sealed class TcpTransport(Func<AddressFamily, Socket>? socketFactory = null) : IBgpTransport
{
    // Routers that start together all call at once; a short backlog makes most of them wait for a retransmission.
    private const int Backlog = 1_024;

    private readonly Func<AddressFamily, Socket> _createSocket = socketFactory ?? (static family => new Socket(family, SocketType.Stream, ProtocolType.Tcp));

    public async ValueTask<IBgpConnection> ConnectAsync(BgpConnectionOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        IPEndPoint remote = new(options.PeerAddress, options.PeerPort);
        Socket socket = Create(options.PeerAddress.AddressFamily, $"connecting to {remote}");
        try
        {
            socket.NoDelay = true;
            TcpSocketOptions.Apply(socket, options);
            if (options.LocalAddress is not null) Bind(socket, new IPEndPoint(options.LocalAddress, 0));
            await socket.ConnectAsync(remote, cancellationToken).ConfigureAwait(false);
            return new TcpConnection(socket);
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw TcpFaults.Translate(e, $"connecting to {remote}");
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public IBgpListener Listen(IPEndPoint endPoint)
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        Socket socket = Create(endPoint.AddressFamily, $"listening on {endPoint}");
        try
        {
            // What answers a caller is sent before anybody knows which peer it is, and one with TTL security takes nothing below.
            socket.Ttl = TcpSocketOptions.LargestTtl;
            Bind(socket, endPoint);
            socket.Listen(Backlog);
            return new TcpBgpListener(socket);
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw TcpFaults.Translate(e, $"listening on {endPoint}");
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private Socket Create(AddressFamily family, string purpose)
    {
        try
        {
            return _createSocket(family);
        }
        catch (SocketException e)
        {
            throw TcpFaults.Translate(e, purpose);
        }
    }

    private static void Bind(Socket socket, IPEndPoint endPoint)
    {
        try
        {
            socket.Bind(endPoint);
        }
        catch (SocketException e)
        {
            throw TcpFaults.Translate(e, $"binding {endPoint}");
        }
    }
}
