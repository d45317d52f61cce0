using System.Buffers.Binary;
using System.Net;
using BgpLoadBalancer.Bgp.Rib;
using BgpLoadBalancer.Bgp.Transport;
using BgpLoadBalancer.Bgp.Wire;

namespace BgpLoadBalancer.Bgp.Session;

/// <summary>What the state machine's actions do.</summary>
internal sealed partial class PeerSession
{
    // RFC 4271 suggests four minutes before the OPEN; half a minute is ample in a data centre, and a silent peer is tried again soon.
    private static readonly TimeSpan s_openHold = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_connectAttempt = TimeSpan.FromSeconds(10);
    // RFC 9687 §3.1: the greater of eight minutes and twice the hold time.
    private static readonly TimeSpan s_sendHold = TimeSpan.FromMinutes(8);

    private FsmStep Step(in FsmEvent e)
    {
        BgpSessionState before = _state.State;
        FsmStep step = PeerStateMachine.Step(_state, e);
        _state = step.State;
        foreach (FsmAction action in step.Actions) Do(action, e);
        BgpSessionState after = _state.State;
        if (before != after) _observer?.StateChanged(new(_peer.Name, _peer.PeerAddress, before, after, step.Reason, _time.GetUtcNow()));
        return step;
    }

    private void Do(in FsmAction action, in FsmEvent cause)
    {
        switch (action.Type)
        {
            case FsmActionType.Dial:
                Dial();
                break;
            case FsmActionType.Close:
                CloseSlot(action.Slot, abrupt: cause.Type is FsmEventType.TcpConnectionFails or FsmEventType.SendHoldTimerExpires);
                break;
            case FsmActionType.SendOpen:
                SendOpen(action.Slot);
                break;
            case FsmActionType.SendKeepalive:
                Send(action.Slot, BgpMessageType.Keepalive, KeepaliveMessage.Write);
                break;
            case FsmActionType.SendNotification:
                SendNotification(action.Slot, action.Notification!);
                break;
            case FsmActionType.StartTimer:
                _timers.Start(action.Timer, Length(action));
                break;
            case FsmActionType.StopTimer:
                _timers.Stop(action.Timer);
                break;
            case FsmActionType.SessionUp:
                SessionUp(_connections[(int)action.Slot]!);
                break;
            case FsmActionType.SessionDown:
                SessionDown();
                break;
        }
    }

    private TimeSpan Length(in FsmAction action) => action.Length switch
    {
        TimerLength.ConnectAttempt => s_connectAttempt,
        TimerLength.RetryPause => RetryPolicy.Pause(_state, _peer.ConnectRetryTime, Jitter()),
        TimerLength.OpenHold => s_openHold > _peer.HoldTime ? s_openHold : _peer.HoldTime,
        TimerLength.Hold => _connections[(int)action.Slot]!.Negotiated!.HoldTime,
        TimerLength.Keepalive => _connections[(int)action.Slot]!.Negotiated!.KeepaliveTime * (0.75 + (0.25 * Jitter())),
        _ => FastRetryWindow(),
    };

    private TimeSpan FastRetryWindow() => 2 * (_peer.HoldTime > TimeSpan.Zero ? _peer.HoldTime : TimeSpan.FromSeconds(90));

    private double Jitter()
    {
        lock (_environment.Random) return _environment.Random.NextDouble();
    }

    private BgpConnectionOptions ConnectionOptions =>
        new(_peer.PeerAddress, _peer.PeerPort, _peer.LocalAddress, _peer.TtlSecurity, _peer.Password);

    private void Dial()
    {
        _dial = new CancellationTokenSource();
        _ = DialAsync(ConnectionOptions, ++_dialAttempt, _dial.Token);
    }

    private async Task DialAsync(BgpConnectionOptions options, int attempt, CancellationToken cancellationToken)
    {
        try
        {
            // Away from the loop: a transport may connect without ever yielding.
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            Post(SessionEvent.Dialled(await _environment.Transport.ConnectAsync(options, cancellationToken).ConfigureAwait(false), attempt));
        }
        catch (BgpTransportException e)
        {
            Post(SessionEvent.DialFailed(e, attempt));
        }
        catch (OperationCanceledException)
        {
            // Given up by the loop, which knows.
        }
        catch (Exception e) when (e is PlatformNotSupportedException or System.Net.Sockets.SocketException)
        {
            Post(SessionEvent.DialFailed(new BgpTransportException(e.Message, BgpTransportFault.Other, e), attempt));
        }
    }

    private void DialFailed(BgpTransportException fault, int attempt)
    {
        if (attempt != _dialAttempt || _state.Outgoing != SlotState.Connecting) return;
        _observer?.ConnectionFailed(_peer.Name, fault.Fault, fault.Message);
        Fail(ConnectionSlot.Outgoing, fault.Message);
    }

    private void Dialled(IBgpConnection connection, int attempt)
    {
        if (attempt != _dialAttempt || _state.Outgoing != SlotState.Connecting)
        {
            _ = connection.DisposeAsync().AsTask();
            return;
        }

        _dial?.Dispose();
        _dial = null;
        Install(connection, ConnectionSlot.Outgoing);
        Step(new(FsmEventType.TcpCRAcked, ConnectionSlot.Outgoing, $"connected from {connection.LocalEndPoint}"));
    }

    private void Accepted(IBgpConnection connection)
    {
        try
        {
            connection.Configure(ConnectionOptions);
        }
        catch (Exception e) when (e is BgpTransportException or PlatformNotSupportedException)
        {
            // Gone already, or this host cannot do what the peer is configured for: a session without it is not wanted.
            _lastError = e.Message;
            _observer?.Warning(_peer.Name, $"dropped a connection from {connection.RemoteEndPoint}: {e.Message}");
            _ = connection.DisposeAsync().AsTask();
            return;
        }

        _newcomer = connection;
        bool replaces = _connections[(int)ConnectionSlot.Incoming]?.Negotiated?.GracefulRestart ?? false;
        Step(new(FsmEventType.TcpConnectionConfirmed, ConnectionSlot.Incoming, $"accepted from {connection.RemoteEndPoint}") { MayReplaceEstablished = replaces });
        if (_newcomer is null) return;
        // The machine did not want it. RFC 4486: 6/5, or 6/7 where another connection has the session.
        byte subcode = _state.State == BgpSessionState.Established ? CeaseSubcode.ConnectionCollisionResolution : CeaseSubcode.ConnectionRejected;
        SessionConnection refused = new(connection, ConnectionSlot.Incoming, _time, Post);
        NotificationMessage.Shutdown(subcode).Write(refused.Output);
        refused.StartReceiving();
        Track(refused.CloseAsync());
        _newcomer = null;
        _observer?.Warning(_peer.Name, $"refused a connection from {connection.RemoteEndPoint} in {_state.State}");
    }

    private void Install(IBgpConnection transport, ConnectionSlot slot)
    {
        SessionConnection connection = new(transport, slot, _time, Post);
        _connections[(int)slot] = connection;
        connection.StartReceiving();
    }

    private void CloseSlot(ConnectionSlot slot, bool abrupt)
    {
        if (slot == ConnectionSlot.Outgoing && _dial is not null)
        {
            _dial.Cancel();
            _dial.Dispose();
            _dial = null;
            _dialAttempt++;
        }

        bool outgoing = slot == ConnectionSlot.Outgoing;
        _timers.Stop(outgoing ? TimerName.HoldOutgoing : TimerName.HoldIncoming);
        _timers.Stop(outgoing ? TimerName.KeepaliveOutgoing : TimerName.KeepaliveIncoming);
        _timers.Stop(outgoing ? TimerName.SendHoldOutgoing : TimerName.SendHoldIncoming);
        if (_connections[(int)slot] is { } connection)
        {
            _connections[(int)slot] = null;
            Track(connection.CloseAsync(abrupt));
        }
    }

    private void Track(Task closing)
    {
        _closing.RemoveWhere(static task => task.IsCompleted);
        _closing.Add(closing);
    }

    private void SendOpen(ConnectionSlot slot)
    {
        if (slot == ConnectionSlot.Incoming)
        {
            IBgpConnection newcomer = _newcomer!;
            _newcomer = null;
            Install(newcomer, slot);
        }

        SessionConnection connection = _connections[(int)slot]!;
        IPAddress identifier = _peer.BgpIdentifier ?? _environment.Options.BgpIdentifier ?? connection.LocalEndPoint.Address;
        OpenMessage open = OpenNegotiation.Create(_peer, LocalAsn, BinaryPrimitives.ReadUInt32BigEndian(identifier.GetAddressBytes()));
        connection.OurOpen = open;
        Send(slot, BgpMessageType.Open, open.Write);
    }

    private void SendNotification(ConnectionSlot slot, NotificationMessage notification)
    {
        _lastError = $"sent NOTIFICATION {(byte)notification.Code}/{notification.Subcode}: {notification.Meaning}";
        Send(slot, BgpMessageType.Notification, notification.Write);
        _observer?.NotificationSent(_peer.Name, notification);
    }

    private void SessionUp(SessionConnection connection)
    {
        NegotiatedSession negotiated = connection.Negotiated!;
        _establishedTime = _time.GetUtcNow();
        _in = new AdjRibIn(negotiated.Receive, negotiated.Families, LocalAsn, _peer.KeepReceivedRoutes);
        _out = new AdjRibOut(_environment.Table, ExportPolicy.From(_peer, LocalAsn), negotiated.Families, negotiated.Send);
        PostRoutesChanged();
    }

    private void SessionDown()
    {
        _flaps++;
        _establishedTime = null;
        _out?.Close();
        _out = null;
        _in = null;
    }
}
