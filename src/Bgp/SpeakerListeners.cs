using System.Collections.Immutable;
using System.Net;
using BgpLoadBalancer.Bgp.Session;
using BgpLoadBalancer.Bgp.Transport;

namespace BgpLoadBalancer.Bgp;

/// <summary>The listeners of a speaker; what they accept goes to the peer it comes from.</summary>
internal sealed class SpeakerListeners(IBgpTransport transport, IBgpObserver? observer, Func<IPEndPoint, IPEndPoint, PeerSession?> findPeer) : IAsyncDisposable
{
    private static readonly TimeSpan s_pauseAfterFault = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _stop = new();
    private readonly HashSet<IPAddress> _withPassword = [];
    private ImmutableArray<IBgpListener> _listeners = [];
    private Task _accepting = Task.CompletedTask;

    public ImmutableArray<IPEndPoint> EndPoints => [.. _listeners.Select(listener => listener.EndPoint)];

    public void Open(ImmutableArray<IPEndPoint> endPoints, IEnumerable<BgpPeerOptions> peers)
    {
        List<IBgpListener> opened = [];
        try
        {
            foreach (IPEndPoint endPoint in endPoints) opened.Add(transport.Listen(endPoint));
        }
        catch
        {
            foreach (IBgpListener listener in opened) listener.DisposeAsync().AsTask().GetAwaiter().GetResult();
            throw;
        }

        _listeners = [.. opened];
        foreach (BgpPeerOptions peer in peers)
        {
            if (peer.Accept && peer.Password is not null) SetPassword(peer.PeerAddress, peer.Password);
        }

        _accepting = Task.WhenAll(_listeners.Select(AcceptAsync));
    }

    /// <summary>Sets the key of a peer that may connect, or takes it away with null.</summary>
    public void SetPassword(IPAddress peer, string? password)
    {
        if (password is not null) _withPassword.Add(peer);
        else if (!_withPassword.Remove(peer)) return;
        foreach (IBgpListener listener in _listeners) listener.SetPassword(peer, password);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        foreach (IBgpListener listener in _listeners) await listener.DisposeAsync().ConfigureAwait(false);
        await _accepting.ConfigureAwait(false);
    }

    private async Task AcceptAsync(IBgpListener listener)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                IBgpConnection connection = await listener.AcceptAsync(_stop.Token).ConfigureAwait(false);
                if (findPeer(connection.LocalEndPoint, connection.RemoteEndPoint) is { } session)
                {
                    session.Post(new(SessionEventType.Accepted, connection));
                    continue;
                }

                Warn($"refused a connection from {connection.RemoteEndPoint}: no peer of that address accepts");
                await connection.DisposeAsync().ConfigureAwait(false);
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or System.Threading.Channels.ChannelClosedException)
            {
                return;
            }
            catch (BgpTransportException e)
            {
                // Out of file descriptors, say: that passes, and accepting must go on.
                Warn(e.Message);
                await Task.Delay(s_pauseAfterFault, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private void Warn(string message)
    {
        if (observer is not null) ObserverCalls.Make(observer, told => told.Warning(null, message));
    }
}
