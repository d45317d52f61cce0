using System.Collections.Immutable;
using System.Net;
using BgpLoadBalancer.Bgp.Session;
using BgpLoadBalancer.Bgp.Transport;

namespace BgpLoadBalancer.Bgp;

/// <summary>The listeners of a speaker; what they accept goes to the peer it comes from.</summary>
internal sealed class SpeakerListeners(IBgpTransport transport, TimeProvider time, IBgpObserver? observer, Func<IPEndPoint, IPEndPoint, PeerSession?> findPeer) : IAsyncDisposable
{
    private static readonly TimeSpan s_pauseAfterFault = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<IPAddress, string> _passwords = [];
    private ImmutableArray<IBgpListener> _listeners = [];
    private Task _accepting = Task.CompletedTask;

    public ImmutableArray<IPEndPoint> EndPoints => [.. _listeners.Select(listener => listener.EndPoint)];

    /// <summary>Opens all, with the keys of the peers; when one fails, none stays open.</summary>
    public void Open(ImmutableArray<IPEndPoint> endPoints, IEnumerable<BgpPeerOptions> peers)
    {
        List<IBgpListener> opened = [];
        try
        {
            foreach (IPEndPoint endPoint in endPoints) opened.Add(transport.Listen(endPoint));
            _listeners = [.. opened];
            foreach (IPAddress address in peers.Select(peer => peer.PeerAddress).Distinct()) SetPassword(address, peers);
        }
        catch
        {
            _listeners = [];
            _passwords.Clear();
            foreach (IBgpListener listener in opened) listener.DisposeAsync().AsTask().GetAwaiter().GetResult();
            throw;
        }

        _accepting = Task.WhenAll(_listeners.Select(AcceptAsync));
    }

    /// <summary>Gives the listeners the key of an address, or takes it away, as the peers that are there now say: several may have that address.</summary>
    public void SetPassword(IPAddress address, IEnumerable<BgpPeerOptions> peers)
    {
        if (_listeners.IsEmpty) return;
        string? password = peers.FirstOrDefault(peer => peer.Accept && peer.Password is not null && peer.PeerAddress.Equals(address))?.Password;
        if (password == _passwords.GetValueOrDefault(address)) return;
        foreach (IBgpListener listener in _listeners) listener.SetPassword(address, password);
        if (password is null) _passwords.Remove(address);
        else _passwords[address] = password;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        foreach (IBgpListener listener in _listeners) await listener.DisposeAsync().ConfigureAwait(false);
        await _accepting.ConfigureAwait(false);
    }

    private async Task AcceptAsync(IBgpListener listener)
    {
        // Away from whoever opens: the peers are started before somebody who waits already is given to one.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
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
                await Task.Delay(s_pauseAfterFault, time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Warn(string message)
    {
        if (observer is not null) ObserverCalls.Make(observer, told => told.Warning(null, message));
    }
}
