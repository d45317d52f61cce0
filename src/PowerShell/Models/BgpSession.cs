using System.Net;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Bgp.Session;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.PowerShell.Models;

/// <summary>The states of RFC 4271, and Unknown for a session of a cluster that nobody reports about (R30).</summary>
public enum BgpReportedState
{
    Unknown = -1,
    Idle = BgpSessionState.Idle,
    Connect = BgpSessionState.Connect,
    Active = BgpSessionState.Active,
    OpenSent = BgpSessionState.OpenSent,
    OpenConfirm = BgpSessionState.OpenConfirm,
    Established = BgpSessionState.Established,
}

/// <summary>A session at one moment, with the columns of R30.</summary>
public sealed class BgpSession : IBgpRelated<BgpNode>, IBgpRelated<BgpFloatingIP>, IBgpRelated<BgpAdvertisedRoute>
{
    internal BgpSession(RunningSpeaker speaker, BgpSessionInfo session, DateTimeOffset now, IReadOnlyList<IPNetwork> advertised)
    {
        Name = $"{session.PeerAddress}-{speaker.Name}";
        Node = speaker.Name;
        LocalASN = session.LocalAsn;
        PeerASN = session.PeerAsn;
        LocalIPAddress = session.LocalAddress;
        PeerIPAddress = session.PeerAddress;
        Peer = session.Peer;
        Port = session.PeerPort;
        State = (BgpReportedState)session.State;
        LastReport = now;
        AdvertisedRoute = advertised;
        LastError = session.LastError;
        EstablishedTime = session.EstablishedTime;
        Flaps = session.Flaps;
        AddPath = !session.AddPathSend.IsEmpty || !session.AddPathReceive.IsEmpty;
        Speaker = speaker.Name;
    }

    /// <param name="peer">The name of the BGPPeer, or the peer's address where there is none.</param>
    /// <param name="port">The peer's; null when it is not known.</param>
    internal BgpSession(string cluster, BgpSessionResource session, string peer, int? port)
    {
        Name = session.Metadata.Name;
        Node = session.NodeName;
        FloatingIPAddress = session.FloatingIP;
        LocalASN = session.LocalAsn;
        PeerASN = session.PeerAsn;
        LocalIPAddress = session.LocalIP;
        PeerIPAddress = session.PeerIP;
        Peer = peer;
        Port = port;
        State = Enum.TryParse(session.Status?.State, ignoreCase: true, out BgpReportedState state) ? state : BgpReportedState.Unknown;
        LastReport = session.Status?.LastReportTime;
        AdvertisedRoute = [.. session.Status?.AdvertisedRoutes ?? []];
        LastError = session.Status?.LastError;
        EstablishedTime = session.Status?.EstablishedTime;
        Flaps = session.Status?.Flaps ?? 0;
        AddPath = session.Status?.AddPath ?? false;
        Cluster = cluster;
    }

    /// <summary>The peer's address and the node, as BGPSession resources are named.</summary>
    public string Name { get; }

    /// <summary>The node that holds the session; for a speaker of this process, the speaker.</summary>
    public string Node { get; }

    /// <summary>Null where the session does not start from a floating IP.</summary>
    public IPAddress? FloatingIPAddress { get; }

    public uint LocalASN { get; }

    public uint PeerASN { get; }

    /// <summary>Null while the host has not chosen one.</summary>
    public IPAddress? LocalIPAddress { get; }

    public IPAddress PeerIPAddress { get; }

    /// <summary>The name of the peer's configuration.</summary>
    public string Peer { get; }

    /// <summary>Where the peer is dialled; null where only the Cluster says it.</summary>
    public int? Port { get; }

    public BgpReportedState State { get; }

    /// <summary>Null before the first report.</summary>
    public DateTimeOffset? LastReport { get; }

    public IReadOnlyList<IPNetwork> AdvertisedRoute { get; }

    public string? LastError { get; }

    public DateTimeOffset? EstablishedTime { get; }

    public long Flaps { get; }

    /// <summary>ADD-PATH is negotiated in some family, either way.</summary>
    public bool AddPath { get; }

    public string? Speaker { get; }

    public string? Cluster { get; }

    bool IBgpRelated<BgpNode>.IsRelatedTo(BgpNode thing) => thing.Name == Node;

    bool IBgpRelated<BgpFloatingIP>.IsRelatedTo(BgpFloatingIP thing) => thing.Address.Equals(FloatingIPAddress);

    bool IBgpRelated<BgpAdvertisedRoute>.IsRelatedTo(BgpAdvertisedRoute thing) => AdvertisedRoute.Contains(thing.Prefix);

    public override string ToString() => Name;
}
