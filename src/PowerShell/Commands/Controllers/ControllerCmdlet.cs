using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.PowerShell.Commands.Controllers;

/// <summary>A cmdlet about the controllers of this process that work for a cluster.</summary>
public abstract class ControllerCmdlet : ClusterCmdlet
{
    /// <summary>Those of the cluster whose names match; a literal name without one is an error.</summary>
    private protected void ForEach(string[] names, Action<RunningController> found)
    {
        if (!TryGetCluster(out ConnectedCluster? cluster)) return;
        RunningController[] all = [.. ClusterWork.Controllers.Of(cluster)];
        NameMatch.Write(Wanted(names), all, controller => controller.Name, found, name => WriteError(BgpErrors.WorkNotFound("BgpController", "controller", name, cluster.Name, all.Select(controller => controller.Name))));
    }
}
