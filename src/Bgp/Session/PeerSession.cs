using System.Threading.Channels;
using BgpLoadBalancer.Bgp.Rib;
using BgpLoadBalancer.Bgp.Transport;
using BgpLoadBalancer.Bgp.Wire;

namespace BgpLoadBalancer.Bgp.Session;

/// <summary>What a session shares with the others of its speaker.</summary>
internal sealed record SessionEnvironment(BgpSpeakerOptions Options, IBgpTransport Transport, RouteTable Table, Random Random);

/// <summary>
/// Runs the state machine of one peer: one loop owns all of it, and sockets, timers and callers only post to that loop. The
/// lock is for readers of snapshots; the loop holds it while it handles an event.
/// </summary>
internal sealed partial class PeerSession : IAsyncDisposable
{
    private readonly SessionEnvironment _environment;
    private readonly TimeProvider _time;
    private readonly ObserverCalls? _observer;
    private readonly Channel<SessionEvent> _events = Channel.CreateUnbounded<SessionEvent>(new() { SingleReader = true });
    private readonly Lock _sync = new();
    private readonly TimerSet _timers;
    private readonly SessionConnection?[] _connections = new SessionConnection?[2];
    private readonly HashSet<Task> _closing = [];
    private readonly Task _loop;
    private BgpPeerOptions _configured;
    private BgpPeerOptions _peer;
    private PeerState _state;
    private CancellationTokenSource? _dial;
    private int _dialAttempt;
    private IBgpConnection? _newcomer;
    private int _timersPosted;
    private int _routesPosted;

    public PeerSession(SessionEnvironment environment, BgpPeerOptions peer)
    {
        _environment = environment;
        _time = environment.Options.TimeProvider;
        _observer = environment.Options.Observer is { } observer ? new ObserverCalls(observer) : null;
        _configured = peer;
        _peer = peer;
        _state = new PeerState(peer.Connect, peer.Accept);
        _sent = new MessageCounts(_time);
        _received = new MessageCounts(_time);
        _timers = new TimerSet(_time, PostTimers);
        _loop = Task.Run(RunAsync);
    }

    /// <summary>The configuration as it was last given; the loop may still be about to apply it.</summary>
    public BgpPeerOptions Peer => Volatile.Read(ref _configured);

    private uint LocalAsn => _peer.LocalAsn != 0 ? _peer.LocalAsn : _environment.Options.LocalAsn;

    public void Post(SessionEvent e)
    {
        if (_events.Writer.TryWrite(e)) return;
        // The loop has ended: nobody will own what came.
        if (e.Subject is IBgpConnection connection) _ = connection.DisposeAsync().AsTask();
        if (e.Subject is StopRequest stop) stop.Done.TrySetResult();
    }

    /// <summary>The table has changed; many changes before the loop runs are one event.</summary>
    public void PostRoutesChanged()
    {
        if (Interlocked.Exchange(ref _routesPosted, 1) == 0) Post(new(SessionEventType.RoutesChanged));
    }

    public void PostConfiguration(BgpPeerOptions peer)
    {
        Volatile.Write(ref _configured, peer);
        Post(new(SessionEventType.Reconfigure, peer));
    }

    /// <summary>Ends the session and its loop.</summary>
    public async Task StopAsync(BgpStopMode mode, byte ceaseSubcode)
    {
        StopRequest request = new(mode, ceaseSubcode, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        Post(new(SessionEventType.Stop, request));
        await request.Done.Task.ConfigureAwait(false);
        _events.Writer.TryComplete();
        await _loop.ConfigureAwait(false);
        _timers.Dispose();
        CancelWaiters();
    }

    public async ValueTask DisposeAsync() => await StopAsync(BgpStopMode.Shutdown, CeaseSubcode.AdministrativeShutdown).ConfigureAwait(false);

    private void PostTimers()
    {
        if (Interlocked.Exchange(ref _timersPosted, 1) == 0) Post(new(SessionEventType.TimersDue));
    }

    private async Task RunAsync()
    {
        while (await _events.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (_events.Reader.TryRead(out SessionEvent e))
            {
                lock (_sync)
                {
                    try
                    {
                        Handle(e);
                    }
                    catch (Exception fault) when (fault is not OutOfMemoryException)
                    {
                        // A fault of ours must not take the other sessions along; this one starts anew, and says so.
                        _observer?.Warning(_peer.Name, $"internal error while handling {e.Type}: {fault}");
                        Step(new(FsmEventType.AutomaticStop, Cause: "internal error") { Notification = PeerStateMachine.Notify(BgpErrorCode.Cease, 0) });
                        if (e.Subject is StopRequest stop) CompleteWhenClosed(stop);
                    }
                }

                // Both are others' code, which may look at other sessions: never under the lock.
                _observer?.Deliver();
                CheckWaiters();
            }
        }
    }

    private void Handle(in SessionEvent e)
    {
        switch (e.Type)
        {
            case SessionEventType.Start:
                Step(new(FsmEventType.ManualStart));
                break;
            case SessionEventType.Stop:
                Stop((StopRequest)e.Subject!);
                break;
            case SessionEventType.Reset:
                Step(new(FsmEventType.AutomaticStop, Cause: e.Text) { Notification = NotificationMessage.Shutdown(CeaseSubcode.AdministrativeReset, null) });
                break;
            case SessionEventType.Reconfigure:
                Reconfigure((BgpPeerOptions)e.Subject!);
                break;
            case SessionEventType.Dialled:
                Dialled((IBgpConnection)e.Subject!, e.Attempt);
                break;
            case SessionEventType.DialFailed:
                DialFailed((BgpTransportException)e.Subject!, e.Attempt);
                break;
            case SessionEventType.Accepted:
                Accepted((IBgpConnection)e.Subject!);
                break;
            case SessionEventType.Received:
                ProcessInput((SessionConnection)e.Subject!);
                break;
            case SessionEventType.Sent:
                FinishSend((SessionConnection)e.Subject!);
                break;
            case SessionEventType.Lost:
                SessionConnection lost = (SessionConnection)e.Subject!;
                if (ReferenceEquals(_connections[(int)lost.Slot], lost)) Fail(lost.Slot, e.Text!);
                break;
            case SessionEventType.TimersDue:
                RunTimers();
                break;
            case SessionEventType.RoutesChanged:
                Volatile.Write(ref _routesPosted, 0);
                PumpRoutes();
                break;
            case SessionEventType.Refresh:
                Refresh();
                break;
        }
    }

    private void Fail(ConnectionSlot slot, string reason)
    {
        _lastError = reason;
        Step(new(FsmEventType.TcpConnectionFails, slot, reason));
    }

    private void RunTimers()
    {
        Volatile.Write(ref _timersPosted, 0);
        while (_timers.TryTakeExpired(out TimerName name))
        {
            (FsmEventType type, ConnectionSlot slot) = name switch
            {
                TimerName.ConnectRetry => (FsmEventType.ConnectRetryTimerExpires, ConnectionSlot.Outgoing),
                TimerName.IdleHold => (FsmEventType.IdleHoldTimerExpires, ConnectionSlot.Outgoing),
                TimerName.FastRetry => (FsmEventType.FastRetryTimerExpires, ConnectionSlot.Outgoing),
                TimerName.HoldOutgoing => (FsmEventType.HoldTimerExpires, ConnectionSlot.Outgoing),
                TimerName.HoldIncoming => (FsmEventType.HoldTimerExpires, ConnectionSlot.Incoming),
                TimerName.KeepaliveOutgoing => (FsmEventType.KeepaliveTimerExpires, ConnectionSlot.Outgoing),
                TimerName.KeepaliveIncoming => (FsmEventType.KeepaliveTimerExpires, ConnectionSlot.Incoming),
                TimerName.SendHoldOutgoing => (FsmEventType.SendHoldTimerExpires, ConnectionSlot.Outgoing),
                _ => (FsmEventType.SendHoldTimerExpires, ConnectionSlot.Incoming),
            };
            string? cause = type switch
            {
                FsmEventType.HoldTimerExpires => "nothing heard for the hold time",
                FsmEventType.SendHoldTimerExpires => "the peer has read nothing for too long",
                FsmEventType.ConnectRetryTimerExpires when _state.Outgoing == SlotState.Connecting => "no answer to the connection attempt",
                _ => null,
            };
            if (cause is not null) _lastError = cause;
            if (type == FsmEventType.ConnectRetryTimerExpires && cause is not null) _observer?.ConnectionFailed(_peer.Name, BgpTransportFault.TimedOut, cause);
            Step(new(type, slot, cause));
        }
    }

    private void Reconfigure(BgpPeerOptions next)
    {
        BgpPeerOptions before = _peer;
        _peer = next;
        _state = _state with { Dials = next.Connect, Listens = next.Accept };
        if (PeerOptionsChange.NeedsNewSession(before, next))
        {
            Step(new(FsmEventType.AutomaticStop, Cause: "configuration changed") { Notification = NotificationMessage.Shutdown(CeaseSubcode.OtherConfigurationChange) });
        }
        else if (_out is not null && !ExportPolicy.From(before, LocalAsn).Equals(ExportPolicy.From(next, LocalAsn)))
        {
            _out.ChangePolicy(ExportPolicy.From(next, LocalAsn));
            PumpRoutes();
        }

        // A peer that may be dialled from now on is dialled now; one that may not any more is not waited for.
        if (next.Connect && !before.Connect) Step(new(FsmEventType.ConnectRetryTimerExpires, Cause: "dialling was turned on"));
        if (!next.Connect && _state.Outgoing == SlotState.Connecting) Step(new(FsmEventType.TcpConnectionFails, Cause: "dialling was turned off"));
    }

    private void Stop(StopRequest request)
    {
        if (request.Mode == BgpStopMode.Shutdown) WithdrawAll();
        Step(new(FsmEventType.ManualStop, Cause: request.Mode == BgpStopMode.PlannedRestart ? "planned restart" : "stopped")
        {
            Notification = request.Mode == BgpStopMode.PlannedRestart ? null : NotificationMessage.Shutdown(request.CeaseSubcode),
        });
        CompleteWhenClosed(request);
    }

    private void CompleteWhenClosed(StopRequest request) =>
        Task.WhenAll(_closing).ContinueWith(_ => request.Done.TrySetResult(), TaskScheduler.Default);
}
