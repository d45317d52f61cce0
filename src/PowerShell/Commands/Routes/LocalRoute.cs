using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Bgp.Routes;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.PowerShell.Commands.Routes;

/// <summary>Makes the output objects of routes that were declared here.</summary>
internal static class LocalRoute
{
    public static BgpRoute Of(RunningSpeaker speaker, IPPrefix prefix, PathEntry path, PathSet paths) =>
        new(speaker.Name, prefix, path.NextHop, path.PathId, paths.Attributes, BgpRouteDirection.Local, null, null);
}
