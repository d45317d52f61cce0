using System.Net;
using System.Net.Sockets;

namespace BgpLoadBalancer.Bgp.Transport;

internal sealed class TcpConnection(Socket socket) : IBgpConnection
{
    public IPEndPoint LocalEndPoint { get; } = Plain(socket.LocalEndPoint);

    public IPEndPoint RemoteEndPoint { get; } = Plain(socket.RemoteEndPoint);

    public async ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await socket.ReceiveAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException e)
        {
            throw TcpFaults.Translate(e, $"receiving from {RemoteEndPoint}");
        }
    }

    public async ValueTask SendAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            while (!buffer.IsEmpty)
            {
                int sent = await socket.SendAsync(buffer, cancellationToken).ConfigureAwait(false);
                buffer = buffer[sent..];
            }
        }
        catch (SocketException e)
        {
            throw TcpFaults.Translate(e, $"sending to {RemoteEndPoint}");
        }
    }

    public void CompleteSending()
    {
        try
        {
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The peer was faster: there is nobody left to tell.
        }
    }

    public void Configure(BgpConnectionOptions options)
    {
        try
        {
            TcpSocketOptions.ApplyTtlSecurity(socket, options.TtlSecurity);
        }
        catch (SocketException e)
        {
            throw TcpFaults.Translate(e, $"setting TTL security on the connection from {RemoteEndPoint}");
        }
    }

    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        return ValueTask.CompletedTask;
    }

    // A socket for both families shows IPv4 addresses as ::ffff:a.b.c.d.
    private static IPEndPoint Plain(EndPoint? endPoint) =>
        (IPEndPoint)endPoint! is { Address.IsIPv4MappedToIPv6: true } mapped ? new(mapped.Address.MapToIPv4(), mapped.Port) : (IPEndPoint)endPoint!;
}
