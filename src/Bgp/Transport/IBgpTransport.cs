using System.Net;

namespace BgpLoadBalancer.Bgp.Transport;

/// <summary>What a connection to or from a peer needs beyond its two addresses.</summary>
/// <param name="Password">TCP MD5 key, or null.</param>
public sealed record BgpConnectionOptions(IPAddress PeerAddress, int PeerPort, IPAddress? LocalAddress, bool TtlSecurity, string? Password);

/// <summary>How bytes get to peers: TCP, or pipes in memory.</summary>
public interface IBgpTransport
{
    /// <exception cref="BgpTransportException">The peer could not be reached; the message says how.</exception>
    ValueTask<IBgpConnection> ConnectAsync(BgpConnectionOptions options, CancellationToken cancellationToken);

    /// <summary>Starts to listen at once.</summary>
    /// <exception cref="BgpTransportException">The address is not this host's, or the port is taken.</exception>
    IBgpListener Listen(IPEndPoint endPoint);
}

public interface IBgpListener : IAsyncDisposable
{
    IPEndPoint EndPoint { get; }

    ValueTask<IBgpConnection> AcceptAsync(CancellationToken cancellationToken);

    /// <summary>Makes the listener ready for a peer with a password; called before the peer may connect, and with null after.</summary>
    /// <exception cref="BgpTransportException">The host takes no such key.</exception>
    void SetPassword(IPAddress peerAddress, string? password);
}

/// <summary>A byte stream. One reader and one writer at a time; disposing it ends both.</summary>
public interface IBgpConnection : IAsyncDisposable
{
    IPEndPoint LocalEndPoint { get; }

    IPEndPoint RemoteEndPoint { get; }

    /// <summary>Reads what there is, at least one byte. 0 is the end of the stream.</summary>
    ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken);

    /// <summary>Writes all of it.</summary>
    ValueTask SendAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken);

    /// <summary>Says that no more will be sent (a TCP half-close): what was sent still arrives.</summary>
    void CompleteSending();

    /// <summary>Applies what is known only once the peer is: TTL security of an accepted connection.</summary>
    /// <exception cref="BgpTransportException">The host cannot.</exception>
    void Configure(BgpConnectionOptions options);
}
