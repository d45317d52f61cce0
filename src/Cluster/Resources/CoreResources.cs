using System.Collections.Immutable;
using System.Net;

namespace BgpLoadBalancer.Cluster.Resources;

/// <summary>A <c>v1</c> Node.</summary>
public sealed record NodeResource : Resource
{
    /// <summary>The annotation by which an agent publishes its interfaces' prefixes (R19).</summary>
    public const string AddressesAnnotation = "networking.gke.io/bgp-node-addresses";

    /// <summary>Takes a node out of the next hops (R23).</summary>
    public const string ExcludeLabel = "networking.gke.io/exclude-from-bgp-next-hops";

    /// <summary>Kubernetes' own; honoured in a node pool of its own only (R23).</summary>
    public const string ExcludeFromExternalLabel = "node.kubernetes.io/exclude-from-external-load-balancers";

    /// <summary><c>status.addresses</c> of type InternalIP.</summary>
    public ImmutableArray<IPAddress> InternalIPs { get; init; } = [];

    /// <summary>The condition Ready is True.</summary>
    public bool Ready { get; init; } = true;

    /// <summary>The annotation, read; empty where it is not known.</summary>
    public ImmutableArray<InterfacePrefix> InterfaceAddresses { get; init; } = [];
}

/// <summary>An address of an interface with the length of its subnet.</summary>
public readonly record struct InterfacePrefix(IPAddress Address, int Length);

public enum ExternalTrafficPolicy
{
    Cluster,
    Local,
}

/// <summary>A <c>v1</c> Service of type LoadBalancer, or another one that is of no interest.</summary>
public sealed record ServiceResource : Resource
{
    /// <summary>Requests addresses, separated by commas (R22).</summary>
    public const string AddressesAnnotation = "metallb.io/loadBalancerIPs";

    /// <summary>Requests a pool (R22).</summary>
    public const string PoolAnnotation = "metallb.io/address-pool";

    public bool IsLoadBalancer { get; init; }

    public ExternalTrafficPolicy ExternalTrafficPolicy { get; init; }

    /// <summary><c>spec.loadBalancerClass</c>: set, it is another implementation's service.</summary>
    public string? LoadBalancerClass { get; init; }

    /// <summary><c>spec.loadBalancerIP</c>, as it was written.</summary>
    public string? RequestedAddress { get; init; }

    public bool WantsIPv4 { get; init; } = true;

    public bool WantsIPv6 { get; init; }

    /// <summary><c>status.loadBalancer.ingress[].ip</c>: what it holds already.</summary>
    public ImmutableArray<IPAddress> Addresses { get; init; } = [];

    /// <summary>The condition <see cref="ServiceAnnouncement.ConditionType"/> of the status; null before the controller has looked at the service.</summary>
    public ServiceAnnouncement? Announcement { get; init; }
}

/// <summary>Whether a service is announced, and why not, for people (R21, R22).</summary>
/// <param name="Reason">One word, as conditions have it.</param>
/// <param name="Message">Empty when there is nothing to say.</param>
public sealed record ServiceAnnouncement(bool Announced, string Reason, string Message)
{
    public const string ConditionType = "networking.gke.io/BGPAnnounced";
}

/// <summary>An EndpointSlice, reduced to whether something behind the service is ready.</summary>
public sealed record EndpointSliceResource : Resource
{
    /// <summary>The label with the name of the service.</summary>
    public const string ServiceLabel = "kubernetes.io/service-name";

    /// <summary>The value of <see cref="ServiceLabel"/>.</summary>
    public required string ServiceName { get; init; }

    public int ReadyEndpoints { get; init; }
}
