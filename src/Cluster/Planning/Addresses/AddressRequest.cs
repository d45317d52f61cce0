using System.Net;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Planning.Addresses;

/// <summary>The addresses and the pool that a service asks for (R22).</summary>
/// <param name="Error">The request makes no sense; the service gets no address until it does.</param>
internal sealed record AddressRequest(AddressKey? IPv4, AddressKey? IPv6, string? Pool, PlanReason? Error)
{
    private static readonly AddressRequest s_none = new(null, null, null, null);

    public bool HasAddress => IPv4 is not null || IPv6 is not null;

    public AddressKey? Of(bool isIPv6) => isIPv6 ? IPv6 : IPv4;

    public static AddressRequest Read(ServiceResource service)
    {
        if (service.Metadata.Annotations.IsEmpty && string.IsNullOrEmpty(service.RequestedAddress)) return s_none;
        string? annotation = service.Metadata.Annotations.GetValueOrDefault(ServiceResource.AddressesAnnotation);
        string? pool = service.Metadata.Annotations.GetValueOrDefault(ServiceResource.PoolAnnotation);
        if (annotation is null && pool is null && string.IsNullOrEmpty(service.RequestedAddress)) return s_none;
        AddressRequest request = s_none with { Pool = pool };
        foreach ((string text, string place) in Texts(annotation, service.RequestedAddress))
        {
            if (!IPAddress.TryParse(text, out IPAddress? address)) return request with { Error = Wrong($"{place} asks for '{text}', which is not an IP address.") };
            AddressKey key = AddressKey.Of(address);
            if (!(key.IsIPv6 ? service.WantsIPv6 : service.WantsIPv4)) return request with { Error = Wrong($"{place} asks for {address}, and the ipFamilies of the service do not have {Family(key.IsIPv6)}.") };
            if (request.Of(key.IsIPv6) is { } other && other != key) return request with { Error = Wrong($"Two {Family(key.IsIPv6)} addresses are asked for, {other.ToAddress()} and {address}; a service has one of each family.") };
            request = key.IsIPv6 ? request with { IPv6 = key } : request with { IPv4 = key };
        }

        return request;
    }

    public static string Family(bool isIPv6) => isIPv6 ? "IPv6" : "IPv4";

    private static IEnumerable<(string Text, string Place)> Texts(string? annotation, string? field)
    {
        if (!string.IsNullOrEmpty(field)) yield return (field, "spec.loadBalancerIP");
        if (annotation is null) yield break;
        foreach (string text in annotation.Split(',', StringSplitOptions.TrimEntries)) yield return (text, $"Annotation {ServiceResource.AddressesAnnotation}");
    }

    private static PlanReason Wrong(string message) => new(PlanReasonCode.InvalidRequest, message);
}
