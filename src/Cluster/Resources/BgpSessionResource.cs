using System.Collections.Immutable;
using System.Net;

namespace BgpLoadBalancer.Cluster.Resources;

/// <summary>
/// <c>BGPSession</c> in <c>kube-system</c> (R30): the controller writes the specs of service sessions, the node's agent the status. A control-plane session is
/// the node's alone: its agent writes all of it.
/// </summary>
public sealed record BgpSessionResource : Resource
{
    /// <summary>Null for a control-plane session.</summary>
    public IPAddress? FloatingIP { get; init; }

    public uint LocalAsn { get; init; }

    public required IPAddress LocalIP { get; init; }

    public required string NodeName { get; init; }

    public uint PeerAsn { get; init; }

    public required IPAddress PeerIP { get; init; }

    /// <summary>Null before the first report.</summary>
    public BgpSessionStatus? Status { get; init; }
}

/// <summary>What the agent last reported.</summary>
public sealed record BgpSessionStatus
{
    /// <summary>Instead of a state, when no report has come for three periods (R30).</summary>
    public const string Unknown = "Unknown";

    /// <summary>The name of a <see cref="Bgp.Session.BgpSessionState"/>, or <see cref="Unknown"/>.</summary>
    public required string State { get; init; }

    /// <summary>By the reporter's clock, for people: nothing compares it with another clock.</summary>
    public DateTimeOffset LastReportTime { get; init; }

    /// <summary>Prefixes that the peer was sent.</summary>
    public ImmutableArray<IPNetwork> AdvertisedRoutes { get; init; } = [];

    public string? LastError { get; init; }

    public DateTimeOffset? EstablishedTime { get; init; }

    /// <summary>How often it has left Established.</summary>
    public long Flaps { get; init; }

    /// <summary>ADD-PATH is negotiated in some family.</summary>
    public bool AddPath { get; init; }
}
