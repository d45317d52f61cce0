using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Control.Reconciling;

/// <summary>Which node is to hold each floating IP, in the status of the NetworkGatewayGroup (R19, R26).</summary>
internal static class Placement
{
    public static StoreWrite? Of(ClusterPlan plan, NetworkGatewayGroupResource? group)
    {
        if (group is null) return null;
        FloatingIPStatus[] wanted = [.. plan.FloatingIPs.Select(floating => new FloatingIPStatus(floating.Address, floating.Node, floating.Reason?.Message))];
        if (group.Status.AsSpan().SequenceEqual(wanted)) return null;
        PlanStep[] steps = [.. wanted.Select(now => Step(group.Status.FirstOrDefault(old => old.Address.Equals(now.Address)), now)).OfType<PlanStep>()];
        return new StoreWrite<NetworkGatewayGroupResource>(StoreWriteAction.UpdateStatus, group with { Status = [.. wanted] }, ToConfiguration: true, [.. steps]);
    }

    private static PlanStep? Step(FloatingIPStatus? old, FloatingIPStatus now)
    {
        if (old?.Node == now.Node) return null;
        PlanStepAction action = old?.Node is null ? PlanStepAction.Add : now.Node is null ? PlanStepAction.Remove : PlanStepAction.Move;
        return new(action, PlanStepKind.FloatingIP, now.Address.ToString(), old?.Node, now.Node, now.Reason ?? "");
    }
}
