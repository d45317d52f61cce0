using System.Collections.Immutable;
using BgpLoadBalancer.Cluster.Planning;

namespace BgpLoadBalancer.Cluster.Control;

/// <summary>What a <see cref="ReconciliationPass"/> would do.</summary>
/// <param name="Steps">What it would report, in that order.</param>
/// <param name="Writes">How many objects it would write: also where only a reason in a status differs, which is no step.</param>
public sealed record ReconciliationPreview(ImmutableArray<PlanStep> Steps, int Writes);
