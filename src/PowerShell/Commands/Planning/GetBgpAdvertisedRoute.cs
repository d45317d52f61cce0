using System.Management.Automation;
using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Planning.Names;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;
using BgpLoadBalancer.PowerShell.Commands.Routes;
using BgpLoadBalancer.PowerShell.Completers;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.PowerShell.Commands.Planning;

/// <summary>The routes of a cluster's services: what a controller wrote down (R31), or, where none has, what the plan announces. Source says which.</summary>
[Cmdlet(VerbsCommon.Get, "BgpAdvertisedRoute")]
[OutputType(typeof(BgpAdvertisedRoute))]
public sealed class GetBgpAdvertisedRoute : ClusterCmdlet
{
    /// <summary>Prefixes, wildcards allowed; an address is its /32 or /128.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AdvertisedRouteCompleter))]
    public PrefixPattern[]? Prefix { get; set; }

    /// <summary>Names, wildcards allowed.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AdvertisedRouteCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Services, nodes, sessions and steps of a plan from the pipeline: their routes.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public IBgpRelated<BgpAdvertisedRoute>? InputObject { get; set; }

    protected override void ProcessRecord()
    {
        if (!TryGetCluster(out ConnectedCluster? cluster) || !TryReadSnapshot(cluster, out ClusterSnapshot? snapshot)) return;
        if (!TryAsk(cluster, null, (store, stop) => store.ListAsync<BgpAdvertisedRouteResource>(LeaseNames.SystemNamespace, stop), out ResourceList<BgpAdvertisedRouteResource>? written)) return;
        IEnumerable<BgpAdvertisedRoute> routes = written.Items.IsEmpty ? Planned(cluster.Name, snapshot) : written.Items.Select(route => new BgpAdvertisedRoute(cluster.Name, route));
        BgpAdvertisedRoute[] known = [.. routes];
        PrefixFilter prefixes = new(Prefix?.Select(pattern => pattern.ToString()));
        BgpAdvertisedRoute[] all = [.. known.Where(route => prefixes.Matches(route.Prefix))];
        NameMatch.Write(
            Wanted(InputObject, Name),
            all,
            route => route.Name,
            route => WriteRelated(InputObject, route),
            name => WriteError(BgpErrors.NotFoundInCluster("BgpAdvertisedRoute", "advertised route", name, cluster.Name, known.Select(route => route.Name))));
        foreach (string missing in prefixes.Unmatched) WriteError(BgpErrors.NotFoundInCluster("BgpAdvertisedRoute", "advertised route for", missing, cluster.Name, known.Select(route => route.Prefix.ToString())));
    }

    private static IEnumerable<BgpAdvertisedRoute> Planned(string cluster, ClusterSnapshot snapshot)
    {
        ClusterPlan plan = Planner.Plan(snapshot);
        ObjectNames<RouteIdentity, BgpAdvertisedRouteResource> names = PlannedNames.OfRoutes(plan, []);
        return plan.Routes.Select(route => new BgpAdvertisedRoute(cluster, route, plan.Metric, names.Names[RouteIdentity.Of(route)]));
    }
}
