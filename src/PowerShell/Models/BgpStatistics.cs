using System.Net;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Bgp.Session;

namespace BgpLoadBalancer.PowerShell.Models;

/// <summary>What a session has done since its peer was configured.</summary>
public sealed class BgpStatistics
{
    internal BgpStatistics(string speaker, BgpSessionInfo session)
    {
        Peer = session.Peer;
        PeerIPAddress = session.PeerAddress;
        Speaker = speaker;
        State = session.State;
        EstablishedTime = session.EstablishedTime;
        Flaps = session.Flaps;
        LastError = session.LastError;
        PathsAdvertised = session.PathsAdvertised;
        PathsReceived = session.PathsReceived;
        WithdrawalsReceived = session.WithdrawalsReceived;
        OwnAsnDropped = session.OwnAsnDropped;
        MessagesSent = session.Sent.Total;
        MessagesReceived = session.Received.Total;
        Sent = session.Sent;
        Received = session.Received;
    }

    public string Peer { get; }

    public IPAddress PeerIPAddress { get; }

    public string Speaker { get; }

    public BgpSessionState State { get; }

    public DateTimeOffset? EstablishedTime { get; }

    public long Flaps { get; }

    public string? LastError { get; }

    public long PathsAdvertised { get; }

    public long PathsReceived { get; }

    public long WithdrawalsReceived { get; }

    /// <summary>Our own routes that came back (R6).</summary>
    public long OwnAsnDropped { get; }

    public long MessagesSent { get; }

    public long MessagesReceived { get; }

    /// <summary>By type, with the time of the last of each.</summary>
    public BgpMessageCounters Sent { get; }

    public BgpMessageCounters Received { get; }
}
