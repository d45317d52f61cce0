using System.Net;
using System.Threading.Channels;

namespace BgpLoadBalancer.Bgp.Transport;

/// <summary>One end of a connection in memory.</summary>
internal sealed class MemoryConnection : IBgpConnection
{
    // Bounded like a socket's buffers, so that a reader who stops is felt by the writer.
    private const int Capacity = 64;

    private readonly Channel<ReadOnlyMemory<byte>> _incoming;
    private readonly Channel<ReadOnlyMemory<byte>> _outgoing;
    private ReadOnlyMemory<byte> _rest;
    private volatile bool _cut;

    private MemoryConnection(IPEndPoint local, IPEndPoint remote, Channel<ReadOnlyMemory<byte>> incoming, Channel<ReadOnlyMemory<byte>> outgoing)
    {
        LocalEndPoint = local;
        RemoteEndPoint = remote;
        _incoming = incoming;
        _outgoing = outgoing;
    }

    public IPEndPoint LocalEndPoint { get; }

    public IPEndPoint RemoteEndPoint { get; }

    public static (MemoryConnection Dialler, MemoryConnection Listener) CreatePair(IPEndPoint dialler, IPEndPoint listener)
    {
        Channel<ReadOnlyMemory<byte>> there = Channel.CreateBounded<ReadOnlyMemory<byte>>(Capacity);
        Channel<ReadOnlyMemory<byte>> back = Channel.CreateBounded<ReadOnlyMemory<byte>>(Capacity);
        return (new(dialler, listener, back, there), new(listener, dialler, there, back));
    }

    public async ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (_rest.IsEmpty)
        {
            if (!await _incoming.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false) || !_incoming.Reader.TryRead(out _rest)) return 0;
        }

        int count = Math.Min(buffer.Length, _rest.Length);
        _rest[..count].CopyTo(buffer);
        _rest = _rest[count..];
        return count;
    }

    public async ValueTask SendAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
    {
        if (_cut) return;
        try
        {
            await _outgoing.Writer.WriteAsync(buffer.ToArray(), cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException e)
        {
            throw new BgpTransportException($"sending to {RemoteEndPoint}: connection reset by the peer", BgpTransportFault.Lost, e);
        }
    }

    public void CompleteSending()
    {
        if (!_cut) _outgoing.Writer.TryComplete();
    }

    public void Configure(BgpConnectionOptions options)
    {
        // TTL and signatures have no meaning in memory.
    }

    /// <summary>Nothing more goes out, and the other end is not told.</summary>
    public void Cut() => _cut = true;

    public ValueTask DisposeAsync()
    {
        if (!_cut)
        {
            _outgoing.Writer.TryComplete();
            _incoming.Writer.TryComplete();
        }

        return ValueTask.CompletedTask;
    }
}
