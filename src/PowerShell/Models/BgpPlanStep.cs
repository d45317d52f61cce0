using BgpLoadBalancer.Cluster.Planning;

namespace BgpLoadBalancer.PowerShell.Models;

/// <summary>Something that would change, or that was changed.</summary>
public sealed class BgpPlanStep : IBgpRelated<BgpFloatingIP>, IBgpRelated<BgpAdvertisedRoute>, IBgpRelated<BgpService>, IBgpRelated<BgpNode>
{
    internal BgpPlanStep(string cluster, PlanStep step)
    {
        Action = step.Action;
        Kind = step.Kind;
        Name = step.Name;
        From = step.From;
        To = step.To;
        Reason = step.Reason;
        Cluster = cluster;
    }

    public PlanStepAction Action { get; }

    public PlanStepKind Kind { get; }

    /// <summary>A session's or a route's name, a floating IP, or namespace and name of a service.</summary>
    public string Name { get; }

    /// <summary>What it was; null when it is new.</summary>
    public string? From { get; }

    /// <summary>What it is to be; null when it goes.</summary>
    public string? To { get; }

    /// <summary>Empty where the step is the reason itself.</summary>
    public string Reason { get; }

    public string Cluster { get; }

    bool IBgpRelated<BgpFloatingIP>.IsRelatedTo(BgpFloatingIP thing) => Kind == PlanStepKind.FloatingIP && thing.ToString() == Name;

    bool IBgpRelated<BgpAdvertisedRoute>.IsRelatedTo(BgpAdvertisedRoute thing) => Kind == PlanStepKind.Route && thing.Name == Name;

    bool IBgpRelated<BgpService>.IsRelatedTo(BgpService thing) => Kind == PlanStepKind.Address && thing.ToString() == Name;

    /// <summary>Where something goes or comes; a step of an address has no node.</summary>
    bool IBgpRelated<BgpNode>.IsRelatedTo(BgpNode thing) => Kind != PlanStepKind.Address && $"{From}, {To}".Split(", ").Contains(thing.Name);

    public override string ToString() => $"{Action} {Kind} {Name}: {From ?? "none"} -> {To ?? "none"}";
}
