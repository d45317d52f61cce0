using System.Net;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Planning.Addresses;

/// <summary>A service as the planner needs it, read once and kept while the service does not change.</summary>
internal sealed class ServiceInput
{
    public const string IngressNamespace = "gke-system";
    public const string IngressName = "istio-ingress";

    public ServiceInput(ServiceResource service, bool hasReadyEndpoint)
    {
        Service = service;
        HasReadyEndpoint = hasReadyEndpoint;
        foreach (IPAddress address in service.Addresses)
        {
            AddressKey key = AddressKey.Of(address);
            if (key.IsIPv6) HeldIPv6 ??= key;
            else HeldIPv4 ??= key;
        }

        Request = AddressRequest.Read(service);
    }

    public ServiceResource Service { get; }

    public string Namespace => Service.Metadata.Namespace;

    public string Name => Service.Metadata.Name;

    public bool HasReadyEndpoint { get; }

    public bool IsIngress => Namespace == IngressNamespace && Name == IngressName;

    public AddressKey? HeldIPv4 { get; }

    public AddressKey? HeldIPv6 { get; }

    public AddressRequest Request { get; }

    public bool Wants(bool isIPv6) => isIPv6 ? Service.WantsIPv6 : Service.WantsIPv4;

    public AddressKey? Held(bool isIPv6) => isIPv6 ? HeldIPv6 : HeldIPv4;

    /// <summary>Nothing differs that decides about addresses.</summary>
    public bool AsksLike(ServiceInput other) =>
        ReferenceEquals(this, other)
        || (Service.WantsIPv4 == other.Service.WantsIPv4 && Service.WantsIPv6 == other.Service.WantsIPv6 && Service.LoadBalancerClass == other.Service.LoadBalancerClass
            && HeldIPv4 == other.HeldIPv4 && HeldIPv6 == other.HeldIPv6 && Request == other.Request);
}
