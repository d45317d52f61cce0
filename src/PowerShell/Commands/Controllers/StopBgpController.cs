using System.Management.Automation;
using BgpLoadBalancer.PowerShell.Completers;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.PowerShell.Commands.Controllers;

/// <summary>Stops controllers. A leading one gives its lease back, so that another can lead at once; what is announced stays announced.</summary>
[Cmdlet(VerbsLifecycle.Stop, "BgpController", SupportsShouldProcess = true)]
[OutputType(typeof(BgpController))]
public sealed class StopBgpController : ControllerCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ControllerNameCompleter))]
    [SupportsWildcards]
    public string[] Name { get; set; } = [];

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord() => ForEach(Name, Stop);

    private void Stop(RunningController controller)
    {
        string state = controller.Fault is not null ? "faulted" : controller.Status.Leading ? "leading" : "standing by";
        if (!ShouldProcess($"{controller.Name} of cluster {controller.Cluster.Name}, {state}", "Stop BGP controller")) return;
        // Not cancelled by a stop of the pipeline: it is bounded, and another one waits for the lease.
        if (ClusterWork.Controllers.TryRemove(controller)) RunAsync(controller.StopAsync);
        if (PassThru) WriteObject(new BgpController(controller));
    }
}
