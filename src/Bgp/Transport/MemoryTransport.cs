using System.Collections.Concurrent;
using System.Net;
using System.Threading.Channels;

namespace BgpLoadBalancer.Bgp.Transport;

/// <summary>
/// A network in memory, for simulations and tests: what listens on an address is reached by whoever dials it. Without latency,
/// order kept, nothing lost unless a connection is cut.
/// </summary>
public sealed class MemoryTransport : IBgpTransport
{
    private readonly ConcurrentDictionary<IPEndPoint, MemoryListener> _listeners = new();
    private readonly ConcurrentBag<MemoryConnection> _connections = [];
    private int _lastPort = 32_768;

    public ValueTask<IBgpConnection> ConnectAsync(BgpConnectionOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        cancellationToken.ThrowIfCancellationRequested();
        IPEndPoint remote = new(options.PeerAddress, options.PeerPort);
        if (!_listeners.TryGetValue(remote, out MemoryListener? listener))
        {
            throw new BgpTransportException($"connecting to {remote}: connection refused", BgpTransportFault.Refused);
        }

        IPEndPoint local = new(options.LocalAddress ?? IPAddress.Loopback, Interlocked.Increment(ref _lastPort));
        (MemoryConnection ours, MemoryConnection theirs) = MemoryConnection.CreatePair(local, remote);
        _connections.Add(ours);
        _connections.Add(theirs);
        return listener.TryDeliver(theirs)
            ? ValueTask.FromResult<IBgpConnection>(ours)
            : throw new BgpTransportException($"connecting to {remote}: connection refused", BgpTransportFault.Refused);
    }

    public IBgpListener Listen(IPEndPoint endPoint)
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        IPEndPoint bound = endPoint.Port == 0 ? new(endPoint.Address, Interlocked.Increment(ref _lastPort)) : endPoint;
        MemoryListener listener = new(bound, () => _listeners.TryRemove(bound, out _));
        return _listeners.TryAdd(bound, listener)
            ? listener
            : throw new BgpTransportException($"listening on {bound}: the local port is in use", BgpTransportFault.LocalPort);
    }

    /// <summary>From now on nothing crosses any connection that exists, and neither side is told: a cut link.</summary>
    public void CutAll()
    {
        foreach (MemoryConnection connection in _connections) connection.Cut();
    }

    private sealed class MemoryListener(IPEndPoint endPoint, Action closed) : IBgpListener
    {
        private readonly Channel<IBgpConnection> _waiting = Channel.CreateUnbounded<IBgpConnection>();

        public IPEndPoint EndPoint => endPoint;

        public bool TryDeliver(IBgpConnection connection) => _waiting.Writer.TryWrite(connection);

        public ValueTask<IBgpConnection> AcceptAsync(CancellationToken cancellationToken) => _waiting.Reader.ReadAsync(cancellationToken);

        public void SetPassword(IPAddress peerAddress, string? password)
        {
            // Memory is not tapped: there is nothing to sign.
        }

        public ValueTask DisposeAsync()
        {
            _waiting.Writer.TryComplete();
            closed();
            return ValueTask.CompletedTask;
        }
    }
}
