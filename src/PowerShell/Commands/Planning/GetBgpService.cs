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
    [ArgumentCompleter(typeof(ServiceNamespaceCompleter))]
    public string[] Namespace { get; set; } = ["*"];

    /// <summary>Routes and steps of a plan from the pipeline: their services.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public IBgpRelated<BgpService>? InputObject { get; set; }

    protected override void ProcessRecord()
    {
        if (!TryGetCluster(out ConnectedCluster? cluster) || !TryReadSnapshot(cluster, out ClusterSnapshot? snapshot)) return;
        WildcardPattern[] namespaces = [.. Wanted(Namespace, nameof(Namespace)).Select(name => new WildcardPattern(name, WildcardOptions.IgnoreCase))];
        BgpService[] known = [.. Planner.Plan(snapshot).Services.Select(service => new BgpService(cluster.Name, service))];
        BgpService[] all = [.. known.Where(service => namespaces.Any(pattern => pattern.IsMatch(service.Namespace)))];
        string[] wanted = Wanted(InputObject, Name);
        foreach (IGrouping<bool, string> names in wanted.GroupBy(name => name.Contains('/', StringComparison.Ordinal)))
        {
            NameMatch.Write(
                [.. names],
                all,
                service => names.Key ? service.ToString() : service.Name,
                service => WriteRelated(InputObject, service),
                name => WriteError(BgpErrors.NotFoundInCluster("BgpService", "service of type LoadBalancer", Title(name), cluster.Name, known.Select(service => service.ToString()))));
        }
    }

    // As the services are listed beside it, where the namespace was said apart.
    private string Title(string name) => Namespace is [var one] && one != "*" && !name.Contains('/', StringComparison.Ordinal) ? $"{one}/{name}" : name;
}
