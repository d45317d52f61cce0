using System.Net;
using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Planning.Addresses;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;

namespace BgpLoadBalancer.Cluster.Control.Reconciling;

/// <summary>The addresses of Services, and why one is not announced, in their status (R21, R22).</summary>
internal static class ServiceStatuses
{
    public static void Of(ClusterPlan plan, IEnumerable<ServiceResource> services, PassWrites writes)
    {
        // A cluster whose services are not ours: their addresses are somebody else's.
        if (plan.Network.NoServices is not null) return;
        writes.AddEach(plan.Services.Where(service => ServicePlanner.IsOurs(service.Input)), Of, planned => Subject(planned.Input.Service));
        writes.AddEach(services, service => OfFormer(service, plan), Subject);
    }

    private static string Subject(ServiceResource service) => $"Service {ResourceKey.Of(service)}";

    // One that is no load balancer any more gives back what it had from us: addresses, and what was said of it.
    private static StoreWrite? OfFormer(ServiceResource service, ClusterPlan plan)
    {
        if (service.IsLoadBalancer || !string.IsNullOrEmpty(service.LoadBalancerClass)) return null;
        IPAddress[] ours = [.. service.Addresses.Where(address => plan.Network.Addresses.Contains(AddressKey.Of(address)))];
        if (ours.Length == 0 && service.Announcement is null) return null;
        ServiceResource wanted = service with { Addresses = service.Addresses.RemoveRange(ours), Announcement = null };
        return Writes.UpdateStatus(wanted, [.. ours.Select(address => Step(PlanStepAction.Remove, service, address, null, "the service is of another type now"))]);
    }

    private static StoreWrite? Of(PlannedService planned)
    {
        ServiceResource service = planned.Input.Service;
        IPAddress[] wanted = [.. planned.Addresses.Select(address => address.Address)];
        ServiceAnnouncement announcement = AnnouncementOf(planned);
        if (service.Addresses.AsSpan().SequenceEqual(wanted) && announcement == service.Announcement) return null;
        return Writes.UpdateStatus(service with { Addresses = [.. wanted], Announcement = announcement }, [.. Steps(service, planned)]);
    }

    private static ServiceAnnouncement AnnouncementOf(PlannedService planned) => planned.Reasons is [{ } first, ..]
        ? new(planned.Announced, first.Code.ToString(), string.Join(" ", planned.Reasons.Select(reason => reason.Message)))
        : new(planned.Announced, planned.Announced ? "Announced" : "NotAnnounced", "");

    private static IEnumerable<PlanStep> Steps(ServiceResource service, PlannedService planned)
    {
        foreach (bool isIPv6 in (bool[])[false, true])
        {
            IPAddress? before = service.Addresses.FirstOrDefault(address => AddressNumber.IsIPv6(address) == isIPv6);
            IPAddress? after = planned.Addresses.FirstOrDefault(address => AddressNumber.IsIPv6(address.Address) == isIPv6)?.Address;
            if (Equals(before, after)) continue;
            PlanStepAction action = before is null ? PlanStepAction.Add : after is null ? PlanStepAction.Remove : PlanStepAction.Change;
            yield return Step(action, service, before, after, string.Join(" ", planned.Reasons.Select(reason => reason.Message)));
        }
    }

    private static PlanStep Step(PlanStepAction action, ServiceResource service, IPAddress? before, IPAddress? after, string reason) =>
        new(action, PlanStepKind.Address, $"{service.Metadata.Namespace}/{service.Metadata.Name}", before?.ToString(), after?.ToString(), reason);
}
