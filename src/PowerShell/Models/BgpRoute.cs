using System.Net;
using BgpLoadBalancer.Bgp.Routes;

namespace BgpLoadBalancer.PowerShell.Models;

/// <summary>Where a route was looked up.</summary>
public enum BgpRouteDirection
{
    /// <summary>Declared here, for all peers.</summary>
    Local,

    /// <summary>A peer has it from us.</summary>
    Advertised,

    /// <summary>We have it from a peer.</summary>
    Received,
}

/// <summary>One path: a prefix with one next hop.</summary>
public sealed class BgpRoute
{
    internal BgpRoute(string speaker, Bgp.IPPrefix prefix, IPAddress nextHop, uint? pathId, PathAttributes attributes, BgpRouteDirection direction, string? peer, IPAddress? peerAddress)
    {
        Prefix = prefix.ToIPNetwork();
        NextHop = nextHop;
        PathId = pathId;
        AsPath = attributes.AsPath.SelectMany(segment => segment.Asns).ToArray();
        Origin = attributes.Origin;
        Med = attributes.Med;
        Community = CommunityText.Write(attributes.Communities, attributes.LargeCommunities);
        Direction = direction;
        Peer = peer;
        PeerIPAddress = peerAddress;
        Speaker = speaker;
    }

    public IPNetwork Prefix { get; }

    public IPAddress NextHop { get; }

    /// <summary>The identifier of the path (RFC 7911); null where the session has no ADD-PATH.</summary>
    public uint? PathId { get; }

    /// <summary>The ASNs in wire order, first the nearest.</summary>
    public IReadOnlyList<uint> AsPath { get; }

    public BgpOrigin Origin { get; }

    public uint? Med { get; }

    /// <summary>Communities as <c>asn:value</c>, large ones as <c>asn:value:value</c>.</summary>
    public IReadOnlyList<string> Community { get; }

    public BgpRouteDirection Direction { get; }

    /// <summary>The name of the peer; null for a local route.</summary>
    public string? Peer { get; }

    public IPAddress? PeerIPAddress { get; }

    public string? Speaker { get; }

    public string? Cluster { get; }

    public override string ToString() => $"{Prefix} via {NextHop}";
}
