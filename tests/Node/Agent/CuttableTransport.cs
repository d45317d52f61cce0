using System.Net;
using BgpLoadBalancer.Bgp.Transport;

namespace BgpLoadBalancer.Node.Tests.Agent;

/// <summary>A network in memory as one host reaches it: once cut, nothing leaves the host any more, and nobody is told.</summary>
internal sealed class CuttableTransport(MemoryTransport inner) : IBgpTransport
{
    private volatile bool _cut;

    public void Cut() => _cut = true;

    public async ValueTask<IBgpConnection> ConnectAsync(BgpConnectionOptions options, CancellationToken cancellationToken) => _cut
        ? throw new BgpTransportException($"connecting to {options.PeerAddress}: no route to host", BgpTransportFault.Unreachable)
        : new Connection(this, await inner.ConnectAsync(options, cancellationToken));

    public IBgpListener Listen(IPEndPoint endPoint) => inner.Listen(endPoint);

    private sealed class Connection(CuttableTransport transport, IBgpConnection inner) : IBgpConnection
    {
        public IPEndPoint LocalEndPoint => inner.LocalEndPoint;

        public IPEndPoint RemoteEndPoint => inner.RemoteEndPoint;

        public ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken) => inner.ReceiveAsync(buffer, cancellationToken);

        public ValueTask SendAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken) => transport._cut ? ValueTask.CompletedTask : inner.SendAsync(buffer, cancellationToken);

        public void CompleteSending()
        {
            if (!transport._cut) inner.CompleteSending();
        }

        public void Configure(BgpConnectionOptions options) => inner.Configure(options);

        // The other end of a cut connection does not see it end.
        public ValueTask DisposeAsync() => transport._cut ? ValueTask.CompletedTask : inner.DisposeAsync();
    }
}
