using System.Collections.Immutable;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Cluster.Planning.Addresses;
using BgpLoadBalancer.Cluster.Planning.Network;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Planning;

/// <summary>What a service announces with the addresses it was given (R21, R23).</summary>
internal static class ServicePlanner
{
    private static readonly PlanReason s_local = new(PlanReasonCode.LocalTrafficPolicy, "spec.externalTrafficPolicy is Local, which is not supported, because traffic enters through every load-balancer node: set it to Cluster.");
    private static readonly PlanReason s_noEndpoint = new(PlanReasonCode.NoReadyEndpoint, "No endpoint of the service is ready; it is announced as soon as one is.");

    private static readonly PlanReason s_notCounted = new(PlanReasonCode.EndpointsNotCounted, "No endpoint of the service is ready, which does not count while no node of the cluster is healthy; it stays announced.");

    public static bool IsOurs(ServiceInput input) => string.IsNullOrEmpty(input.Service.LoadBalancerClass);

    /// <summary>Nothing differs that a service's plan depends on, but for its address.</summary>
    public static bool IsAlike(NetworkPlan network, NetworkPlan other) =>
        ReferenceEquals(network, other)
        || (ReferenceEquals(network.NextHopsIPv4, other.NextHopsIPv4) && ReferenceEquals(network.NextHopsIPv6, other.NextHopsIPv6)
            && network.EndpointsCount == other.EndpointsCount && network.NoServices == other.NoServices && network.NoSession == other.NoSession && network.WithdrawWithoutEndpoints == other.WithdrawWithoutEndpoints);

    /// <param name="previous">The same service in the plan before; what did not change is taken over.</param>
    /// <param name="networkIsAlike">The network of the plan before is like this one.</param>
    public static PlannedService Plan(ServiceInput input, Assignment assignment, NetworkPlan network, PlannedService? previous, bool networkIsAlike)
    {
        if (networkIsAlike && previous is not null && ReferenceEquals(previous.Input, input) && (ReferenceEquals(previous.Assignment, assignment) || previous.Assignment == assignment)) return previous;
        bool isReady = input.HasReadyEndpoint || !network.WithdrawWithoutEndpoints;
        // R23: endpoints are not ready either where no node is, and a fault of the control plane must not withdraw everything.
        bool stays = !isReady && !network.EndpointsCount && previous is { Announced: true };
        return stays && Announce(input, assignment, network, previous, true, s_notCounted) is { Announced: true } kept ? kept : Announce(input, assignment, network, previous, isReady, null);
    }

    /// <param name="isReady">Its endpoints let it be announced.</param>
    /// <param name="note">What is to be said of it if it is announced.</param>
    private static PlannedService Announce(ServiceInput input, Assignment assignment, NetworkPlan network, PlannedService? previous, bool isReady, PlanReason? note)
    {
        ImmutableArray<PlanReason> reasons = Reasons(input, assignment, network, isReady);
        bool announces = reasons.IsEmpty || (reasons.Length == 1 && reasons[0] == assignment.Reason);
        if (!announces || assignment.IsEmpty) return Make(input, assignment, reasons, []);
        ImmutableArray<PlannedRoute>.Builder routes = ImmutableArray.CreateBuilder<PlannedRoute>(1);
        foreach (bool isIPv6 in (ReadOnlySpan<bool>)[false, true])
        {
            if (assignment.Of(isIPv6) is not { } vip) continue;
            NextHopSet set = isIPv6 ? network.NextHopsIPv6 : network.NextHopsIPv4;
            if (set.Nodes.IsEmpty) reasons = reasons.Add(new(PlanReasonCode.NoNextHop, $"No load-balancer node can be a next hop for {AddressRequest.Family(isIPv6)}."));
            else routes.Add(Route(input, vip, set, previous));
        }

        return Make(input, assignment, note is not null && routes.Count > 0 ? reasons.Add(note) : reasons, routes.ToImmutable());
    }

    private static ImmutableArray<PlanReason> Reasons(ServiceInput input, Assignment assignment, NetworkPlan network, bool isReady)
    {
        if (!IsOurs(input)) return [new(PlanReasonCode.OtherLoadBalancerClass, $"spec.loadBalancerClass is '{input.Service.LoadBalancerClass}', so another implementation serves it; leave it out for this one.")];
        if (network.NoServices is { } noServices) return [noServices];
        ImmutableArray<PlanReason>.Builder reasons = ImmutableArray.CreateBuilder<PlanReason>(0);
        if (assignment.Reason is { } noAddress) reasons.Add(noAddress);
        if (input.Service.ExternalTrafficPolicy == ExternalTrafficPolicy.Local) reasons.Add(s_local);
        if (!isReady) reasons.Add(s_noEndpoint);
        if (network.NoSession is { } noSession) reasons.Add(noSession);
        return reasons.ToImmutable();
    }

    private static PlannedRoute Route(ServiceInput input, AddressKey vip, NextHopSet set, PlannedService? previous)
    {
        IPPrefix prefix = IPPrefix.Host(vip.ToAddress());
        bool held = input.Held(vip.IsIPv6) == vip;
        PlannedRoute? before = previous?.Routes.FirstOrDefault(route => route.Prefix == prefix && ReferenceEquals(route.Set, set));
        if (before is not null && before.Held == held) return before;
        return new(input.Namespace, input.Name, prefix, held, set, before?.Ranking ?? set.Rank(vip));
    }

    private static PlannedService Make(ServiceInput input, Assignment assignment, ImmutableArray<PlanReason> reasons, ImmutableArray<PlannedRoute> routes)
    {
        ImmutableArray<ServiceAddress>.Builder addresses = ImmutableArray.CreateBuilder<ServiceAddress>(assignment.IsEmpty ? 0 : 1);
        foreach (bool isIPv6 in (ReadOnlySpan<bool>)[false, true])
        {
            if (assignment.Of(isIPv6) is { } address) addresses.Add(new(address.ToAddress(), assignment.PoolOf(isIPv6)!, input.Held(isIPv6) == address));
        }

        return new(input, assignment) { Addresses = addresses.ToImmutable(), Routes = routes, Reasons = reasons };
    }
}
