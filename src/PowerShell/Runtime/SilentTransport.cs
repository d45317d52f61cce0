using System.Net;
using BgpLoadBalancer.Bgp.Transport;

namespace BgpLoadBalancer.PowerShell.Runtime;

/// <summary>A transport that can be told to let nothing more out, as the host of a process does that was killed: its connections end without a word.</summary>
internal sealed class SilentTransport(IBgpTransport inner) : IBgpTransport
{
    private volatile bool _silent;

    /// <summary>From now on nothing is sent, and nobody is dialled.</summary>
    public void Silence() => _silent = true;

    public async ValueTask<IBgpConnection> ConnectAsync(BgpConnectionOptions options, CancellationToken cancellationToken)
    {
        if (_silent) throw new BgpTransportException("The node agent was killed.", BgpTransportFault.Other);
        return new Connection(this, await inner.ConnectAsync(options, cancellationToken).ConfigureAwait(false));
    }

    public IBgpListener Listen(IPEndPoint endPoint) => inner.Listen(endPoint);

    private sealed class Connection(SilentTransport transport, IBgpConnection connection) : IBgpConnection
    {
        public IPEndPoint LocalEndPoint => connection.LocalEndPoint;

        public IPEndPoint RemoteEndPoint => connection.RemoteEndPoint;

        public ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken) => connection.ReceiveAsync(buffer, cancellationToken);

        public ValueTask SendAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken) =>
            transport._silent ? ValueTask.CompletedTask : connection.SendAsync(buffer, cancellationToken);

        public void CompleteSending() => connection.CompleteSending();

        public void Configure(BgpConnectionOptions options) => connection.Configure(options);

        public ValueTask DisposeAsync() => connection.DisposeAsync();
    }
}
