using System.Management.Automation;
using BgpLoadBalancer.Cluster.Control;
using BgpLoadBalancer.Cluster.Control.Leading;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.PowerShell.Commands.Controllers;

/// <summary>
/// Starts a controller for a cluster in this process: it gives services their addresses, names the nodes of floating IPs, and writes down sessions and
/// routes, whenever something changes. Several may run; one leads. It lives until Stop-BgpController or the end of the process.
/// </summary>
[Cmdlet(VerbsLifecycle.Start, "BgpController", SupportsShouldProcess = true)]
[OutputType(typeof(BgpController))]
public sealed class StartBgpController : ControllerCmdlet
{
    // A day is longer than anybody waits for a lease.
    private const double Longest = 86_400;

    /// <summary>By default controller1, or the next number that is free.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>Seconds: how often the leader renews its lease.</summary>
    [Parameter]
    [ValidateRange(LeaseDurations.Shortest, Longest)]
    public double RenewIntervalSec { get; set; } = 2;

    /// <summary>Seconds without a renewal after which it leads no more.</summary>
    [Parameter]
    [ValidateRange(LeaseDurations.Shortest, Longest)]
    public double DropTimeSec { get; set; } = 12;

    /// <summary>Whole seconds after which another controller takes a lease that is not renewed; the same for all controllers of the cluster.</summary>
    [Parameter]
    [ValidateRange(1, (int)Longest)]
    public int LeaseDurationSec { get; set; } = 15;

    /// <summary>Whole seconds for which a node counts as alive whose agent says nothing; the same as for its agents (R23).</summary>
    [Parameter]
    [ValidateRange(1, (int)Longest)]
    public int NodeLeaseDurationSec { get; set; } = 15;

    /// <summary>Seconds: how often agents report a session that does not change; the same as for them. After three of these without a report it is Unknown (R30).</summary>
    [Parameter]
    [ValidateRange(1.0, 3600.0)]
    public double ReportIntervalSec { get; set; } = 10;

    /// <summary>Keep services announced that have no ready endpoint (R23); the same as for the agents.</summary>
    [Parameter]
    public SwitchParameter AnnounceWithoutEndpoint { get; set; }

    /// <summary>Also for a user cluster, whose resources are copies, and the work of its admin cluster's controller (R36).</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (LeaseDurations.Problem(RenewIntervalSec, DropTimeSec, LeaseDurationSec, LeaderSettings.Margin, LeaseDurations.Shortest, "two controllers could lead at once", "one failed renewal would cost the lead") is { } problem)
        {
            ThrowTerminatingError(BgpErrors.InvalidArgument(new ArgumentException(problem), null));
        }
    }

    protected override void ProcessRecord()
    {
        if (!TryGetCluster(out ConnectedCluster? cluster)) return;
        string name = Said.ContainsKey(nameof(Name)) ? Name! : FreeName(cluster);
        if (Make(name, cluster) is not { } controller || !ShouldProcess($"{name} for cluster {cluster.Name}", "Start BGP controller")) return;
        if (ClusterWork.Controllers.TryStart(controller)) WriteObject(new BgpController(controller));
        else WriteError(BgpErrors.WorkExists("BgpController", "controller", name, cluster.Name));
    }

    private RunningController? Make(string name, ConnectedCluster cluster)
    {
        LeaderSettings leading = new()
        {
            Renew = TimeSpan.FromSeconds(RenewIntervalSec),
            Drop = TimeSpan.FromSeconds(DropTimeSec),
            Lease = TimeSpan.FromSeconds(LeaseDurationSec),
        };
        ControllerSettings settings = new()
        {
            NodeLeaseDuration = TimeSpan.FromSeconds(NodeLeaseDurationSec),
            SessionReportPeriod = TimeSpan.FromSeconds(ReportIntervalSec),
            WithdrawWithoutEndpoints = !AnnounceWithoutEndpoint,
            WorksOnCopies = Force,
        };
        try
        {
            return new(name, cluster, settings, leading);
        }
        catch (ArgumentException e)
        {
            WriteError(BgpErrors.InvalidArgument(e, name));
            return null;
        }
    }

    private static string FreeName(ConnectedCluster cluster)
    {
        HashSet<string> taken = new(ClusterWork.Controllers.Of(cluster).Where(controller => !controller.HasEnded).Select(controller => controller.Name), StringComparer.OrdinalIgnoreCase);
        return Enumerable.Range(1, int.MaxValue).Select(number => $"controller{number}").First(name => !taken.Contains(name));
    }
}
