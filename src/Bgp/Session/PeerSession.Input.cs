using BgpLoadBalancer.Bgp.Wire;

namespace BgpLoadBalancer.Bgp.Session;

/// <summary>What the peer's messages do.</summary>
internal sealed partial class PeerSession
{
    private void ProcessInput(SessionConnection connection)
    {
        try
        {
            while (!connection.IsClosed
                && MessageFramer.TryRead(connection.Received, connection.Negotiated?.Receive ?? default, out MessageFrame frame))
            {
                _received.Add(frame.Type);
                ProcessMessage(connection, frame);
                connection.Take(frame.Length);
            }
        }
        catch (BgpProtocolException e)
        {
            Refuse(connection, e);
        }

        connection.ResumeReceiving();
    }

    private void ProcessMessage(SessionConnection connection, in MessageFrame frame)
    {
        ConnectionSlot slot = connection.Slot;
        switch (frame.Type)
        {
            case BgpMessageType.Open when _state[slot] == SlotState.OpenSent:
                ProcessOpen(connection, OpenMessage.Read(frame.Body));
                break;
            case BgpMessageType.Open:
                Step(new(FsmEventType.BgpOpen, slot));
                break;
            case BgpMessageType.Keepalive:
                Step(new(FsmEventType.KeepAliveMsg, slot));
                break;
            case BgpMessageType.Notification:
                ProcessNotification(slot, NotificationMessage.Read(frame.Body));
                break;
            case BgpMessageType.Update:
                if (_state[slot] == SlotState.Established)
                {
                    UpdateReader update = UpdateReader.Read(frame.Body);
                    _in!.Process(update);
                    if (_observer?.WantsUpdates == true) _observer.UpdateReceived(_peer.Name, UpdateDescription.Describe(update, connection.Negotiated!.Receive));
                }

                Step(new(FsmEventType.UpdateMsg, slot));
                break;
            case BgpMessageType.RouteRefresh:
                if (_state[slot] == SlotState.Established) ProcessRefresh(RouteRefreshMessage.Read(frame.Body));
                Step(new(FsmEventType.UpdateMsg, slot));
                break;
        }
    }

    private void ProcessOpen(SessionConnection connection, OpenMessage open)
    {
        connection.Negotiated = OpenNegotiation.Negotiate(_peer, connection.OurOpen!, open);
        uint ours = connection.OurOpen!.BgpIdentifier;
        // RFC 4271 §6.8; RFC 6286 §2.3 for equal identifiers.
        bool weWin = ours != open.BgpIdentifier ? ours > open.BgpIdentifier : LocalAsn > open.Asn;
        SessionConnection? other = _connections[1 - (int)connection.Slot];
        Step(new(FsmEventType.BgpOpen, connection.Slot, $"OPEN of AS {open.Asn}")
        {
            Collision = weWin ? CollisionVerdict.KeepOutgoing : CollisionVerdict.KeepIncoming,
            MayReplaceEstablished = other?.Negotiated?.GracefulRestart ?? false,
        });
    }

    private void ProcessNotification(ConnectionSlot slot, NotificationMessage notification)
    {
        string text = notification.ShutdownText is { } said ? $" (\"{said}\")" : "";
        _lastError = $"received NOTIFICATION {(byte)notification.Code}/{notification.Subcode}: {notification.Meaning}{text}";
        _observer?.NotificationReceived(_peer.Name, notification);
        Step(new(FsmEventType.NotifMsg, slot, $"{notification.Meaning}{text}")
        {
            IsCollisionCease = notification is { Code: BgpErrorCode.Cease, Subcode: CeaseSubcode.ConnectionCollisionResolution },
        });
    }

    private void ProcessRefresh(RouteRefreshMessage refresh)
    {
        // RFC 2918 §4: a family that was not advertised to the peer is ignored; RFC 7313 gives the other subtypes.
        if (refresh.Subtype != 0 || _out is null) return;
        _out.Refresh(refresh.Family);
        PumpRoutes();
    }

    private void Refuse(SessionConnection connection, BgpProtocolException e)
    {
        NotificationMessage notification = NotificationMessage.From(e);
        FsmEventType type = e.Code switch
        {
            BgpErrorCode.MessageHeaderError => FsmEventType.BgpHeaderErr,
            BgpErrorCode.OpenMessageError => FsmEventType.BgpOpenMsgErr,
            _ => FsmEventType.UpdateMsgErr,
        };
        Step(new(type, connection.Slot, e.Message) { Notification = notification });
        _lastError = $"sent NOTIFICATION {(byte)e.Code}/{e.Subcode}: {e.Message}";
    }
}
