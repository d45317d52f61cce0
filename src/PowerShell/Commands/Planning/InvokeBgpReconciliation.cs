using System.Collections.Immutable;
using System.Management.Automation;
using BgpLoadBalancer.Cluster.Control;
using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Stores;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.PowerShell.Commands.Planning;

/// <summary>
/// Does once what a controller does all the time: gives services their addresses, names the nodes of floating IPs, writes down sessions and routes
/// (R38). Writes what it has done, step by step; with -WhatIf it says what it would do. Nothing to do is no error.
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "BgpReconciliation", SupportsShouldProcess = true)]
[OutputType(typeof(BgpPlanStep))]
public sealed class InvokeBgpReconciliation : ClusterCmdlet
{
    /// <summary>Keep services announced that have no ready endpoint (R23).</summary>
    [Parameter]
    public SwitchParameter AnnounceWithoutEndpoint { get; set; }

    /// <summary>Also for a user cluster, whose resources are copies, and the work of its admin cluster's controller (R36).</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        if (!TryGetCluster(out ConnectedCluster? cluster) || !TryReadSnapshot(cluster, out ClusterSnapshot? snapshot)) return;
        if (!Force && !IsOwnMaster(cluster, snapshot.CopyOf, "The placement of floating IPs")) return;
        ReconciliationPass pass = new(cluster.Store, cluster.Namespace, withdrawWithoutEndpoints: !AnnounceWithoutEndpoint, ClusterWork.NodesWithoutLease(cluster));
        if (!TryAsk(cluster, null, (_, stop) => pass.PreviewAsync(snapshot, stop), out ReconciliationPreview? preview)) return;
        if (preview.Writes == 0)
        {
            WriteVerbose($"Cluster '{cluster.Name}' is as it should be.");
            return;
        }

        if (MayDo(cluster, preview.Steps)) Reconcile(cluster, pass);
    }

    private bool MayDo(ConnectedCluster cluster, ImmutableArray<PlanStep> steps)
    {
        string what = $"{steps.Length} {(steps.Length == 1 ? "step" : "steps")} in cluster {cluster.Name}";
        string operation = $"Performing the operation \"Reconcile\" on target \"{what}\".";
        if (ShouldProcess(operation, $"{operation}\n{string.Join('\n', steps)}", "Reconcile", out ShouldProcessReason reason)) return true;
        if (reason != ShouldProcessReason.WhatIf) return false;
        foreach (PlanStep step in steps) _ = ShouldProcess(step.ToString(), null, null);
        return false;
    }

    private void Reconcile(ConnectedCluster cluster, ReconciliationPass pass)
    {
        try
        {
            RunAsync(() => pass.RunAsync(step => Post(() => WriteObject(new BgpPlanStep(cluster.Name, step))), StopToken));
        }
        catch (ClusterStoreException e)
        {
            WriteError(BgpErrors.Store(e, cluster.Name, null));
        }
    }
}
