using System.Collections.Immutable;
using BgpLoadBalancer.Cluster.Planning;

namespace BgpLoadBalancer.Cluster.Control;

/// <summary>
/// Says once of each reason that plans give for the cluster and its peers, and once more when it holds no longer: a peer without all of its sessions (R18), next hops that
/// stay though no node is healthy (R23). For one loop; <see cref="Current"/> from any thread.
/// </summary>
/// <param name="report">For a log.</param>
public sealed class PlanReasonLog(Action<ControlEvent> report)
{
    private const string Subject = "Plan";
    private IReadOnlyList<PlanReason> _current = [];

    /// <summary>Those of the last plan.</summary>
    public IReadOnlyList<PlanReason> Current => Volatile.Read(ref _current);

    /// <param name="plan">Null: there is none, and so nothing to say of it.</param>
    public void Follow(ClusterPlan? plan)
    {
        ImmutableArray<PlanReason> now = plan is null ? [] : [.. plan.Reasons.Concat(plan.Peers.SelectMany(peer => peer.Reasons)).Distinct()];
        IReadOnlyList<PlanReason> before = _current;
        foreach (PlanReason come in now.Except(before)) report(new(LevelOf(come), come.Message, Subject));
        foreach (PlanReason gone in before.Except(now)) report(new(ControlEventLevel.Information, $"no longer: {gone.Message}", Subject));
        Volatile.Write(ref _current, now);
    }

    // What somebody chose is no cause for worry (R25, R37).
    private static ControlEventLevel LevelOf(PlanReason reason) => reason.Code is PlanReasonCode.NotBgp or PlanReasonCode.AdminCluster ? ControlEventLevel.Information : ControlEventLevel.Warning;
}
