using System.Collections.Immutable;
using System.Management.Automation;
using System.Net;
using BgpLoadBalancer.Cluster.Control;
using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Planning.Hypotheses;
using BgpLoadBalancer.PowerShell.Completers;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;
using BgpLoadBalancer.PowerShell.Transforms;

namespace BgpLoadBalancer.PowerShell.Commands.Planning;

/// <summary>
/// What a change would do before it is made: which sessions come and go, which floating IPs and routes move. All changes that are given are imagined
/// together. Without any, it is what a reconciliation would do now: the difference between what the cluster says and what it should.
/// </summary>
[Cmdlet(VerbsCommon.Get, "BgpPlan")]
[OutputType(typeof(BgpPlanStep))]
public sealed class GetBgpPlan : ClusterCmdlet
{
    /// <summary>Nodes that would be emptied: no next hop and no floating IP.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NodeNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? DrainNode { get; set; }

    /// <summary>Routers that would come: addresses, which take the ASN of the peers there; or hashtables or objects with PeerIPAddress, PeerASN, Port, Sessions, Label, ControlPlaneNode.</summary>
    [Parameter]
    [PeerToAddTransform]
    [ValidateNotNullOrEmpty]
    public PeerToAdd[]? AddPeer { get; set; }

    /// <summary>Routers that would go, by address: their BGPPeers and their entries of bgpPeers.</summary>
    [Parameter]
    [PeerAddressTransform]
    [ArgumentCompleter(typeof(ClusterPeerAddressCompleter))]
    [ValidateNotNullOrEmpty]
    public IPAddress[]? RemovePeer { get; set; }

    [Parameter]
    [IPAddressTransform]
    [ValidateNotNullOrEmpty]
    public IPAddress[]? AddFloatingIPAddress { get; set; }

    [Parameter]
    [IPAddressTransform]
    [ArgumentCompleter(typeof(FloatingIPCompleter))]
    [ValidateNotNullOrEmpty]
    public IPAddress[]? RemoveFloatingIPAddress { get; set; }

    protected override void ProcessRecord()
    {
        if (!TryGetCluster(out ConnectedCluster? cluster) || !TryReadSnapshot(cluster, out ClusterSnapshot? snapshot)) return;
        if (!TryPlan(cluster, snapshot, out ImmutableArray<PlanStep> steps)) return;
        foreach (PlanStep step in steps) WriteObject(new BgpPlanStep(cluster.Name, IsDrained(step.From) ? step with { Reason = $"node {step.From} is drained" } : step));
    }

    // How emptying is imagined (a label, an agent that is gone) is nothing that happened.
    private bool IsDrained(string? node) => DrainNode?.Contains(node, StringComparer.OrdinalIgnoreCase) ?? false;

    private bool TryPlan(ConnectedCluster cluster, ClusterSnapshot snapshot, out ImmutableArray<PlanStep> steps)
    {
        if (DrainNode is null && AddPeer is null && RemovePeer is null && AddFloatingIPAddress is null && RemoveFloatingIPAddress is null)
        {
            bool known = TryAsk(cluster, null, (store, stop) => new ReconciliationPass(store, cluster.Namespace).PreviewAsync(snapshot, stop), out ReconciliationPreview? preview);
            steps = preview?.Steps ?? [];
            return known;
        }

        try
        {
            ClusterPlan now = Planner.Plan(snapshot);
            steps = PlanDifference.Between(now, Planner.Plan(Imagine(snapshot), now));
            return true;
        }
        catch (HypothesisException e)
        {
            WriteError(BgpErrors.NotImaginable(e, cluster.Name));
            steps = [];
            return false;
        }
    }

    // First what goes, so that what comes may take its address.
    private ClusterSnapshot Imagine(ClusterSnapshot snapshot)
    {
        foreach (IPAddress peer in RemovePeer ?? []) snapshot = snapshot.RemovePeer(peer);
        foreach (IPAddress floating in RemoveFloatingIPAddress ?? []) snapshot = snapshot.RemoveFloatingIP(floating);
        foreach (PeerToAdd peer in AddPeer ?? []) snapshot = peer.AddTo(snapshot);
        foreach (IPAddress floating in AddFloatingIPAddress ?? []) snapshot = snapshot.AddFloatingIP(floating);
        foreach (string node in DrainNode ?? []) snapshot = snapshot.DrainNode(node);
        return snapshot;
    }
}
