using System.Net;
using System.Net.Sockets;

namespace BgpLoadBalancer.Bgp.Transport;

internal sealed class TcpBgpListener(Socket socket) : IBgpListener
{
    public IPEndPoint EndPoint { get; } = (IPEndPoint)socket.LocalEndPoint!;

    public async ValueTask<IBgpConnection> AcceptAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Socket accepted;
            try
            {
                accepted = await socket.AcceptAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (SocketException e)
            {
                throw TcpFaults.Translate(e, $"accepting on {EndPoint}");
            }

            try
            {
                accepted.NoDelay = true;
                return new TcpConnection(accepted);
            }
            catch (SocketException)
            {
                // Gone again before it could be looked at; the next one, please.
                accepted.Dispose();
            }
        }
    }

    public void SetPassword(IPAddress peerAddress, string? password)
    {
        try
        {
            TcpSocketOptions.SetPassword(socket, peerAddress, password);
        }
        catch (SocketException e)
        {
            throw TcpFaults.Translate(e, $"setting the TCP MD5 key of {peerAddress} on {EndPoint}");
        }
    }

    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
