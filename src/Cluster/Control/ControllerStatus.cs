using System.Collections.Immutable;
using BgpLoadBalancer.Cluster.Planning;

namespace BgpLoadBalancer.Cluster.Control;

/// <summary>A controller at one moment.</summary>
/// <param name="Leading">It works; otherwise another one does, or it waits to.</param>
/// <param name="Passes">How often it has looked since it leads.</param>
/// <param name="LastPass">By the wall clock, for people; null before the first.</param>
/// <param name="Failing">Writes that the store refuses at the moment.</param>
/// <param name="Problem">What keeps it from its work, or from a part of it, although it leads, or from leading; null when there is nothing in its way.</param>
public sealed record ControllerStatus(bool Leading, long Passes, DateTimeOffset? LastPass, int Services, int AnnouncedServices, int Sessions, int Failing, string? Problem)
{
    /// <summary>What the plan has to say about the cluster and its peers (R18, R23): why there is less than was asked for.</summary>
    public IReadOnlyList<PlanReason> Reasons { get; init; } = [];

    /// <summary>Nodes whose agent's Lease has run out or was given back (R23), as the last pass saw it; empty while it does not lead.</summary>
    public ImmutableHashSet<string> NodesWithoutLease { get; init; } = [];
}
