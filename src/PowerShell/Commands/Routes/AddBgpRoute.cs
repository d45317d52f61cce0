using System.Management.Automation;
using System.Net;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Bgp.Routes;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;
using BgpLoadBalancer.PowerShell.Transforms;

namespace BgpLoadBalancer.PowerShell.Commands.Routes;

/// <summary>Announces a prefix by next hops, in this order of preference. Next hops of a prefix that is announced already are added behind those it has.</summary>
[Cmdlet(VerbsCommon.Add, "BgpRoute", SupportsShouldProcess = true)]
[OutputType(typeof(BgpRoute))]
public sealed class AddBgpRoute : SpeakerCmdlet
{
    /// <summary>A prefix, or an address as its /32 or /128.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [PrefixTransform]
    public IPNetwork[] Prefix { get; set; } = [];

    /// <summary>Of the prefix's family.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [IPAddressTransform]
    public IPAddress[] NextHop { get; set; } = [];

    /// <summary>MULTI_EXIT_DISC; when it is not given, what the route has stays.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EmptyIsAbsent]
    public uint? Med { get; set; }

    /// <summary>65001:100, or 65001:1:2 for large ones; when they are not given, what the route has stays.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EmptyIsAbsent]
    public string[]? Community { get; set; }

    protected override void ProcessRecord()
    {
        if (!TryGetSpeaker(out RunningSpeaker? speaker)) return;
        foreach (IPNetwork network in Prefix)
        {
            IPPrefix prefix = IPPrefix.From(network);
            string hops = string.Join(", ", NextHop.Select(hop => hop.ToString()));
            if (!ShouldProcess($"{prefix} via {hops} on speaker {speaker.Name}", "Announce BGP route")) continue;
            try
            {
                PathSet paths = Add(speaker, prefix);
                foreach (PathEntry path in paths.Paths) WriteObject(LocalRoute.Of(speaker, prefix, path, paths));
            }
            catch (Exception e) when (e is ArgumentException or FormatException)
            {
                WriteError(BgpErrors.InvalidArgument(e, network));
            }
        }
    }

    private PathSet Add(RunningSpeaker speaker, IPPrefix prefix)
    {
        lock (speaker.RouteLock)
        {
            PathSet? now = speaker.Engine.GetRoute(prefix);
            IEnumerable<RoutePath> known = now?.Paths.Select(path => new RoutePath(path.NextHop, path.PathId)) ?? [];
            IEnumerable<RoutePath> added = NextHop.Distinct().Where(hop => now is null || !now.Paths.Any(path => path.NextHop.Equals(hop))).Select(hop => new RoutePath(hop));
            PathSet paths = new(known.Concat(added), Attributes(now?.Attributes ?? PathAttributes.Default));
            speaker.Engine.ApplyRoutes([RouteChange.Announce(prefix, paths)]);
            return paths;
        }
    }

    private PathAttributes Attributes(PathAttributes now)
    {
        if (Med is null && Community is null) return now;
        (uint[] communities, LargeCommunity[] large) = CommunityText.Parse(Community ?? []);
        return new PathAttributes
        {
            Med = Med ?? now.Med,
            Communities = Community is null ? now.Communities : [.. communities],
            LargeCommunities = Community is null ? now.LargeCommunities : [.. large],
        };
    }
}
