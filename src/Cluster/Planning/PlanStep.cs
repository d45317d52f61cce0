namespace BgpLoadBalancer.Cluster.Planning;

public enum PlanStepAction
{
    Add,
    Remove,

    /// <summary>To another node: a floating IP, its sessions, the first next hop of a route.</summary>
    Move,
    Change,
}

public enum PlanStepKind
{
    Session,
    FloatingIP,
    Address,
    Route,
}

/// <summary>One difference between two plans.</summary>
/// <param name="Name">A session's or a route's name (R30, R31), a floating IP, or <c>namespace/name</c> of a service.</param>
/// <param name="From">What it was; null when it is new.</param>
/// <param name="To">What it is to be; null when it goes.</param>
/// <param name="Reason">For people; empty where the step is the reason itself.</param>
public sealed record PlanStep(PlanStepAction Action, PlanStepKind Kind, string Name, string? From, string? To, string Reason)
{
    public override string ToString() => $"{Action} {Kind} {Name}: {From ?? "none"} -> {To ?? "none"}{(Reason.Length > 0 ? $" ({Reason})" : "")}";
}
