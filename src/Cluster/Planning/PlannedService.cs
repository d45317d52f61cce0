using System.Collections.Immutable;
using System.Net;
using BgpLoadBalancer.Cluster.Planning.Addresses;

namespace BgpLoadBalancer.Cluster.Planning;

/// <param name="Pool">The pool that it comes from.</param>
/// <param name="Held">The service's status has it already; else it is new, and the controller is to write it.</param>
public sealed record ServiceAddress(IPAddress Address, string Pool, bool Held);

/// <summary>A service of type LoadBalancer: its addresses, its routes, and why there is not more.</summary>
public sealed class PlannedService
{
    internal PlannedService(ServiceInput input, Assignment assignment)
    {
        Input = input;
        Assignment = assignment;
    }

    public string Namespace => Input.Namespace;

    public string Name => Input.Name;

    /// <summary>At most one of each family, IPv4 first.</summary>
    public required ImmutableArray<ServiceAddress> Addresses { get; init; }

    /// <summary>One for each address that is announced.</summary>
    public required ImmutableArray<PlannedRoute> Routes { get; init; }

    public required ImmutableArray<PlanReason> Reasons { get; init; }

    public bool Announced => !Routes.IsEmpty;

    internal ServiceInput Input { get; }

    internal Assignment Assignment { get; }
}
