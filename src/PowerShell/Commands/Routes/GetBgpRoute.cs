using System.Management.Automation;
using System.Net;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.PowerShell.Completers;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;
using BgpLoadBalancer.PowerShell.Transforms;

namespace BgpLoadBalancer.PowerShell.Commands.Routes;

/// <summary>The routes of a speaker, an object a path: those declared here, those that peers have from us, those that we have from peers.</summary>
[Cmdlet(VerbsCommon.Get, "BgpRoute")]
[OutputType(typeof(BgpRoute))]
public sealed class GetBgpRoute : SpeakerCmdlet
{
    /// <summary>Prefixes, wildcards allowed; an address is its /32 or /128.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(PrefixCompleter))]
    public PrefixPattern[]? Prefix { get; set; }

    [Parameter]
    [IPAddressTransform]
    public IPAddress[]? NextHop { get; set; }

    /// <summary>By default Local and Received.</summary>
    [Parameter]
    public BgpRouteDirection[] Direction { get; set; } = [BgpRouteDirection.Local, BgpRouteDirection.Received];

    /// <summary>Only what these peers have, or have sent.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [IPAddressTransform]
    [ArgumentCompleter(typeof(PeerIPAddressCompleter))]
    public IPAddress[]? PeerIPAddress { get; set; }

    private protected override string InsteadForCluster => "; Get-BgpAdvertisedRoute shows the routes of a cluster";

    protected override void ProcessRecord()
    {
        if (!TryGetSpeaker(out RunningSpeaker? speaker)) return;
        PrefixFilter filter = new(Prefix?.Select(pattern => pattern.ToString()));
        foreach (BgpRoute route in Direction.Distinct().SelectMany(direction => Routes(speaker, direction)))
        {
            if (filter.Matches(route.Prefix) && (NextHop is null || NextHop.Contains(route.NextHop))) WriteObject(route);
        }

        foreach (string missing in filter.Unmatched) WriteError(BgpErrors.RouteNotFound(missing, speaker.Name));
    }

    private IEnumerable<BgpRoute> Routes(RunningSpeaker speaker, BgpRouteDirection direction)
    {
        bool everybody = PeerIPAddress is null || PeerIPAddress.All(address => address is null);
        if (direction == BgpRouteDirection.Local)
        {
            return everybody
                ? speaker.Engine.GetRoutes().SelectMany(route => route.Paths.Paths.Select(path => LocalRoute.Of(speaker, route.Prefix, path, route.Paths)))
                : [];
        }

        IEnumerable<BgpSessionInfo> sessions = speaker.Engine.GetSessions().Where(session => everybody || PeerIPAddress!.Contains(session.PeerAddress));
        return direction == BgpRouteDirection.Advertised
            ? sessions.SelectMany(session => speaker.Engine.GetAdvertisedRoutes(session.Peer).Select(path =>
                new BgpRoute(speaker.Name, path.Prefix, path.NextHop, path.PathId, path.Attributes, direction, session.Peer, session.PeerAddress)))
            : sessions.SelectMany(session => speaker.Engine.GetReceivedRoutes(session.Peer).Select(path =>
                new BgpRoute(speaker.Name, path.Prefix, path.NextHop, path.PathId == 0 ? null : path.PathId, path.Attributes, direction, session.Peer, session.PeerAddress)));
    }
}
