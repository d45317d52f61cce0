using System.Management.Automation;
using System.Net;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Bgp.Routes;
using BgpLoadBalancer.PowerShell.Completers;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;
using BgpLoadBalancer.PowerShell.Transforms;

namespace BgpLoadBalancer.PowerShell.Commands.Routes;

/// <summary>Takes routes back: whole prefixes, or with -NextHop, or for the objects of Get-BgpRoute, single next hops of them.</summary>
[Cmdlet(VerbsCommon.Remove, "BgpRoute", SupportsShouldProcess = true)]
[OutputType(typeof(BgpRoute))]
public sealed class RemoveBgpRoute : SpeakerCmdlet
{
    private bool _typed;

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [PrefixTransform]
    [ArgumentCompleter(typeof(PrefixCompleter))]
    public IPNetwork[] Prefix { get; set; } = [];

    /// <summary>Only these next hops; by default all, and with them the prefix.</summary>
    [Parameter(Position = 1)]
    [IPAddressTransform]
    public IPAddress[]? NextHop { get; set; }

    /// <summary>A path of Get-BgpRoute: just this next hop is taken back, unless a prefix or next hops were typed.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public BgpRoute? InputObject { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void BeginProcessing() =>
        _typed = MyInvocation.BoundParameters.ContainsKey(nameof(Prefix)) || MyInvocation.BoundParameters.ContainsKey(nameof(NextHop));

    protected override void ProcessRecord()
    {
        if (!TryGetSpeaker(out RunningSpeaker? speaker)) return;
        if (InputObject is not null && !_typed) Remove(speaker, IPPrefix.From(InputObject.Prefix), [InputObject.NextHop]);
        else foreach (IPNetwork prefix in Prefix) Remove(speaker, IPPrefix.From(prefix), NextHop);
    }

    private void Remove(RunningSpeaker speaker, IPPrefix prefix, IPAddress[]? nextHops)
    {
        PathSet? now = speaker.Engine.GetRoute(prefix);
        if (now is null || (nextHops is not null && !now.Paths.Any(path => nextHops.Contains(path.NextHop))))
        {
            WriteError(BgpErrors.RouteNotFound(nextHops is null ? prefix.ToString() : $"{prefix} via {string.Join(", ", nextHops.Select(hop => hop.ToString()))}", speaker.Name));
            return;
        }

        string what = nextHops is null ? prefix.ToString() : $"{prefix} via {string.Join(", ", nextHops.Select(hop => hop.ToString()))}";
        if (!ShouldProcess($"{what} on speaker {speaker.Name}", "Withdraw BGP route")) return;
        lock (speaker.RouteLock)
        {
            // Once more under the lock: another runspace may have changed it while the user was asked.
            now = speaker.Engine.GetRoute(prefix);
            if (now is null) return;
            RoutePath[] left = [.. now.Paths.Where(path => nextHops is not null && !nextHops.Contains(path.NextHop)).Select(path => new RoutePath(path.NextHop, path.PathId))];
            speaker.Engine.ApplyRoutes([left.Length == 0 ? RouteChange.Withdraw(prefix) : RouteChange.Announce(prefix, new PathSet(left, now.Attributes))]);
        }

        if (!PassThru) return;
        foreach (PathEntry path in now.Paths.Where(path => nextHops is null || nextHops.Contains(path.NextHop))) WriteObject(LocalRoute.Of(speaker, prefix, path, now));
    }
}
