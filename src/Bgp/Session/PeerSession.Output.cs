using System.Buffers;
using BgpLoadBalancer.Bgp.Rib;
using BgpLoadBalancer.Bgp.Wire;

namespace BgpLoadBalancer.Bgp.Session;

/// <summary>What goes to the peer: control messages at once, routes as fast as it reads.</summary>
internal sealed partial class PeerSession
{
    // After that many batches in a row the loop looks at what else has come.
    private const int MaxBatchesInARow = 8;

    private AdjRibOut? _out;
    private AdjRibIn? _in;

    private SessionConnection? EstablishedConnection =>
        _state.Outgoing == SlotState.Established ? _connections[(int)ConnectionSlot.Outgoing]
        : _state.Incoming == SlotState.Established ? _connections[(int)ConnectionSlot.Incoming]
        : null;

    private void Send(ConnectionSlot slot, BgpMessageType type, Action<IBufferWriter<byte>> write)
    {
        SessionConnection connection = _connections[(int)slot]!;
        write(connection.Output);
        _sent.Add(type);
        Flush(connection);
    }

    private bool Flush(SessionConnection connection)
    {
        bool sent = connection.Flush();
        TimerName timer = connection.Slot == ConnectionSlot.Outgoing ? TimerName.SendHoldOutgoing : TimerName.SendHoldIncoming;
        if (sent) _timers.Stop(timer);
        else if (!_timers.IsRunning(timer)) StartSendHold(connection, timer);
        return sent;
    }

    private void FinishSend(SessionConnection connection)
    {
        if (connection.IsClosed) return;
        connection.EndSend();
        _timers.Stop(connection.Slot == ConnectionSlot.Outgoing ? TimerName.SendHoldOutgoing : TimerName.SendHoldIncoming);
        if (Flush(connection)) PumpRoutes();
    }

    private void StartSendHold(SessionConnection connection, TimerName timer)
    {
        TimeSpan hold = 2 * (connection.Negotiated?.HoldTime ?? TimeSpan.Zero);
        _timers.Start(timer, hold > s_sendHold ? hold : s_sendHold);
    }

    /// <summary>Writes what the peer does not have yet, until there is no more or the connection takes no more for now.</summary>
    private void PumpRoutes()
    {
        if (_out is null || EstablishedConnection is not { } connection) return;
        for (int batch = 0; !connection.IsSending && _out.HasWork; batch++)
        {
            if (batch == MaxBatchesInARow)
            {
                PostRoutesChanged();
                return;
            }

            WriteRoutes(connection, _out.Fill);
            if (!Flush(connection)) return;
        }

        if (!connection.IsSending) connection.Trim();
    }

    private void WithdrawAll()
    {
        if (_out is null || EstablishedConnection is not { } connection) return;
        while (WriteRoutes(connection, _out.WithdrawAll)) Flush(connection);
        Flush(connection);
    }

    private bool WriteRoutes(SessionConnection connection, Func<IBufferWriter<byte>, bool> write)
    {
        int before = connection.Unsent;
        long messages = _out!.MessagesWritten;
        bool more = write(connection.Output);
        _sent.Add(BgpMessageType.Update, _out.MessagesWritten - messages);
        if (_observer?.WantsUpdates == true)
        {
            UpdateDescription.DescribeAll(connection.UnsentSpan[before..], connection.Negotiated!.Send, update => _observer.UpdateSent(_peer.Name, update));
        }

        return more;
    }

    private void Refresh()
    {
        if (_out is null || EstablishedConnection is not { } connection) return;
        _out.Refresh(null);
        PumpRoutes();
        if (!connection.Negotiated!.RouteRefresh) return;
        foreach (BgpAddressFamily family in connection.Negotiated.Families)
        {
            Send(connection.Slot, BgpMessageType.RouteRefresh, new RouteRefreshMessage(family, 0).Write);
        }
    }
}
