using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using BgpLoadBalancer.Advertiser.Addresses;
using BgpLoadBalancer.Advertiser.Logging;
using Microsoft.Extensions.Logging;

namespace BgpLoadBalancer.Advertiser.Check;

/// <summary>Answers every TCP connection to a VIP with a nonce and a line end, so that whoever asked knows that it reached this very process.</summary>
internal sealed class NonceServer : IAsyncDisposable
{
    private const int MostConnections = 64;
    private static readonly TimeSpan LongestConnection = TimeSpan.FromSeconds(5);

    private readonly ImmutableArray<Socket> _listeners;
    private readonly ILogger _logger;
    private readonly TimeProvider _timeProvider;
    private readonly CancellationTokenSource _ending = new();
    private readonly SemaphoreSlim _places = new(MostConnections);
    private readonly Task _serving;

    private NonceServer(ImmutableArray<Socket> listeners, int port, ILogger logger, TimeProvider timeProvider)
    {
        _listeners = listeners;
        Port = port;
        _logger = logger;
        _timeProvider = timeProvider;
        _serving = Task.WhenAll(listeners.Select(listener => ServeAsync(listener, _ending.Token)));
    }

    public string Nonce { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>The same on every VIP.</summary>
    public int Port { get; }

    /// <exception cref="LocalFaultException">A VIP is not on this host.</exception>
    public static NonceServer Start(ImmutableArray<IPAddress> vips, ILogger logger, TimeProvider timeProvider)
    {
        foreach (IPAddress vip in vips)
        {
            if (!LocalHost.Has(vip)) throw new LocalFaultException($"--hold answers on {vip}, which is not on this host: add --bind-interface auto.");
        }

        List<Socket> listeners = [];
        try
        {
            int port = 0;
            foreach (IPAddress vip in vips)
            {
                listeners.Add(LocalHost.Listen(new(vip, port), "--hold"));
                port = ((IPEndPoint)listeners[0].LocalEndPoint!).Port;
            }

            return new([.. listeners], port, logger, timeProvider);
        }
        catch
        {
            listeners.ForEach(listener => listener.Dispose());
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (Socket listener in _listeners) listener.Dispose();
        _ending.Dispose();
    }

    private async Task ServeAsync(Socket listener, CancellationToken cancellationToken)
    {
        while (true)
        {
            await _places.WaitAsync(cancellationToken).ConfigureAwait(false);
            Socket connection = await listener.AcceptAsync(cancellationToken).ConfigureAwait(false);
            _ = AnswerAsync(connection, cancellationToken);
        }
    }

    private async Task AnswerAsync(Socket connection, CancellationToken cancellationToken)
    {
        using CancellationTokenSource timeout = new(LongestConnection, _timeProvider);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            using (connection)
            {
                await connection.SendAsync(Encoding.ASCII.GetBytes(Nonce + "\n"), either.Token).ConfigureAwait(false);
                connection.Shutdown(SocketShutdown.Send);
                // What the other side says is read to its end: closing over unread data would be a reset, which may overtake the nonce.
                byte[] ignored = new byte[1024];
                while (await connection.ReceiveAsync(ignored, either.Token).ConfigureAwait(false) > 0)
                {
                }
            }
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            _logger.Event(LogLevel.Debug, "connection to the virtual IP ended early", ("error", exception.Message));
        }
        finally
        {
            _places.Release();
        }
    }
}
