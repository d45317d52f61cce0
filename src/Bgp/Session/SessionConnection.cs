using System.Buffers;
using BgpLoadBalancer.Bgp.Transport;
using BgpLoadBalancer.Bgp.Wire;

namespace BgpLoadBalancer.Bgp.Session;

/// <summary>
/// One connection of a session: a pump that reads into a buffer and hands it to the session's loop, and an output that is
/// written while the loop goes on. Everything but the pumps runs on the loop.
/// </summary>
internal sealed class SessionConnection : IAsyncDisposable
{
    private const int SmallBuffer = 8 * 1024;
    private const int LargeBuffer = 256 * 1024;
    private const int KeptOutput = 64 * 1024;
    private static readonly TimeSpan s_closeLimit = TimeSpan.FromSeconds(2);

    private readonly IBgpConnection _transport;
    private readonly Action<SessionEvent> _post;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _abort = new();
    private readonly SemaphoreSlim _consumed = new(0, 1);
    private byte[] _buffer = new byte[SmallBuffer];
    private int _start;
    private int _end;
    private ArrayBufferWriter<byte> _filling = new();
    private ArrayBufferWriter<byte> _sending = new();
    private Task _sendTask = Task.CompletedTask;
    private Task _receiveTask = Task.CompletedTask;
    private Task? _closeTask;
    private volatile bool _closing;

    public SessionConnection(IBgpConnection transport, ConnectionSlot slot, TimeProvider time, Action<SessionEvent> post)
    {
        _transport = transport;
        Slot = slot;
        _time = time;
        _post = post;
    }

    public ConnectionSlot Slot { get; }

    public System.Net.IPEndPoint LocalEndPoint => _transport.LocalEndPoint;

    public System.Net.IPEndPoint RemoteEndPoint => _transport.RemoteEndPoint;

    /// <summary>What we sent on it, once we have.</summary>
    public OpenMessage? OurOpen { get; set; }

    /// <summary>Null until the peer's OPEN has come.</summary>
    public NegotiatedSession? Negotiated { get; set; }

    /// <summary>Messages to send are written here, then <see cref="Flush"/>ed.</summary>
    public IBufferWriter<byte> Output => _filling;

    /// <summary>Octets that were written and not yet handed to the transport.</summary>
    public int Unsent => _filling.WrittenCount;

    public ReadOnlySpan<byte> UnsentSpan => _filling.WrittenSpan;

    public bool IsSending { get; private set; }

    public bool IsClosed => _closing;

    /// <summary>What was received and not yet taken.</summary>
    public ReadOnlySpan<byte> Received => _buffer.AsSpan(_start, _end - _start);

    public void StartReceiving() => _receiveTask = ReceiveAsync();

    public void Take(int octets) => _start += octets;

    /// <summary>Lets the pump read on, after all whole messages have been taken.</summary>
    public void ResumeReceiving()
    {
        if (_closing) return;
        int rest = _end - _start;
        bool filled = _end == _buffer.Length;
        byte[] target = _buffer;
        // Full reads mean that much is on the way; a message may also be longer than the buffer.
        if (filled && _buffer.Length < LargeBuffer) target = new byte[Math.Min(_buffer.Length * 4, LargeBuffer)];
        _buffer.AsSpan(_start, rest).CopyTo(target);
        _buffer = target;
        _start = 0;
        _end = rest;
        _consumed.Release();
    }

    /// <summary>Starts to send what is written, unless something is being sent: then <see cref="SessionEventType.Sent"/> follows.</summary>
    /// <returns>True when all of it has gone out at once.</returns>
    public bool Flush()
    {
        if (IsSending || _closing || _filling.WrittenCount == 0) return !IsSending;
        (_filling, _sending) = (_sending, _filling);
        ValueTask sent = _transport.SendAsync(_sending.WrittenMemory, _abort.Token);
        if (sent.IsCompletedSuccessfully)
        {
            sent.GetAwaiter().GetResult();
            Recycle();
            return true;
        }

        IsSending = true;
        _sendTask = FinishSendAsync(sent);
        return false;
    }

    /// <summary>The loop has heard that the send is done.</summary>
    public void EndSend()
    {
        IsSending = false;
        Recycle();
    }

    /// <summary>Gives the large buffers of a burst back, once it is over.</summary>
    public void Trim()
    {
        if (_filling.Capacity > KeptOutput && _filling.WrittenCount == 0) _filling = new();
        if (_sending.Capacity > KeptOutput && !IsSending) _sending = new();
    }

    /// <summary>
    /// Ends the connection: what is written still goes out, then no more; the peer gets two seconds to read it. With
    /// <paramref name="abrupt"/> nothing is waited for.
    /// </summary>
    public Task CloseAsync(bool abrupt = false)
    {
        if (_closeTask is not null) return _closeTask;
        _closing = true;
        // The pump may wait for the loop, which will not come again.
        if (_consumed.CurrentCount == 0) _consumed.Release();
        return _closeTask = FinishAsync(abrupt);
    }

    public ValueTask DisposeAsync() => new(CloseAsync(abrupt: true));

    private async Task FinishAsync(bool abrupt)
    {
        using CancellationTokenSource limit = new(s_closeLimit, _time);
        try
        {
            if (!abrupt)
            {
                await _sendTask.WaitAsync(limit.Token).ConfigureAwait(false);
                if (_filling.WrittenCount > 0) await _transport.SendAsync(_filling.WrittenMemory, limit.Token).ConfigureAwait(false);
                _transport.CompleteSending();
                // Closing with unread input would make TCP send a reset, which may overtake our last message.
                await _receiveTask.WaitAsync(limit.Token).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or BgpTransportException or ObjectDisposedException)
        {
            // The peer is gone or does not read: there is nobody to be polite to.
        }

        await _abort.CancelAsync().ConfigureAwait(false);
        await _transport.DisposeAsync().ConfigureAwait(false);
        await _receiveTask.ConfigureAwait(false);
        _abort.Dispose();
        _consumed.Dispose();
    }

    private async Task ReceiveAsync()
    {
        try
        {
            while (true)
            {
                // While closing, input is read only to be thrown away.
                Memory<byte> room = _closing ? _buffer : _buffer.AsMemory(_end);
                int count = await _transport.ReceiveAsync(room, _abort.Token).ConfigureAwait(false);
                if (count == 0)
                {
                    if (!_closing) _post(SessionEvent.Lost(this, "connection closed by the peer"));
                    return;
                }

                if (_closing) continue;
                _end += count;
                _post(SessionEvent.Received(this));
                await _consumed.WaitAsync(_abort.Token).ConfigureAwait(false);
            }
        }
        catch (BgpTransportException e)
        {
            if (!_closing) _post(SessionEvent.Lost(this, e.Message));
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // Closed by us.
        }
    }

    private async Task FinishSendAsync(ValueTask sent)
    {
        try
        {
            await sent.ConfigureAwait(false);
            _post(SessionEvent.Sent(this));
        }
        catch (BgpTransportException e)
        {
            _post(SessionEvent.Lost(this, e.Message));
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // Closed by us.
        }
    }

    private void Recycle() => _sending.ResetWrittenCount();
}
