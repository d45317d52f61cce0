using System.Management.Automation;
using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.PowerShell.Completers;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.PowerShell.Commands.Planning;

/// <summary>The services of type LoadBalancer of a cluster: their addresses, whether they are announced, and why not.</summary>
[Cmdlet(VerbsCommon.Get, "BgpService")]
[OutputType(typeof(BgpService))]
public sealed class GetBgpService : ClusterCmdlet
{
    /// <summary>Names, wildcards allowed; also namespace/name.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ServiceNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Namespaces, wildcards allowed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    public string[] Namespace { get; set; } = ["*"];

    protected override void ProcessRecord()
    {
        if (!TryGetCluster(out ConnectedCluster? cluster) || !TryReadSnapshot(cluster, out ClusterSnapshot? snapshot)) return;
        WildcardPattern[] namespaces = [.. Wanted(Namespace, nameof(Namespace)).Select(name => new WildcardPattern(name, WildcardOptions.IgnoreCase))];
        PlannedService[] all = [.. Planner.Plan(snapshot).Services.Where(service => namespaces.Any(pattern => pattern.IsMatch(service.Namespace)))];
        foreach (IGrouping<bool, string> names in Wanted(Name).GroupBy(name => name.Contains('/', StringComparison.Ordinal)))
        {
            NameMatch.Write(
                [.. names],
                all,
                service => names.Key ? $"{service.Namespace}/{service.Name}" : service.Name,
                service => WriteObject(new BgpService(cluster.Name, service)),
                name => WriteError(BgpErrors.NotFoundInCluster("BgpService", "service of type LoadBalancer", name, cluster.Name, all.Select(service => $"{service.Namespace}/{service.Name}"))));
        }
    }
}
