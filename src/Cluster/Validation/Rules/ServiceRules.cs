using System.Collections.Immutable;
using System.Net;
using BgpLoadBalancer.Cluster.Reading;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Validation.Rules;

/// <summary>
/// Services that would get no address or no announcement. Warnings: a Service is its owner's, and the rest of the configuration
/// stands without it.
/// </summary>
internal static class ServiceRules
{
    private const string LoadBalancerIP = "spec.loadBalancerIP";

    public static ImmutableArray<Rule> All { get; } = [new("R21", PolicyIsCluster), new("R22", RequestedPoolExists), new("R22", RequestedAddressesAreInPools), new("R22", RequestedAddressesOnce), new("R22", RequestedAddressesFit)];

    private static void PolicyIsCluster(ClusterConfiguration all, RuleReport report)
    {
        foreach ((ServiceResource service, SourcedResource source) in Ours(all))
        {
            if (service.ExternalTrafficPolicy == ExternalTrafficPolicy.Local) report.Warning(source, "spec.externalTrafficPolicy", "externalTrafficPolicy Local is not supported, so this service is not announced.", "Write externalTrafficPolicy: Cluster.");
        }
    }

    private static void RequestedPoolExists(ClusterConfiguration all, RuleReport report)
    {
        if (all.Cluster is not { } cluster) return;
        string[] names = [.. cluster.Resource.LoadBalancer.AddressPools.Select(pool => pool.Name)];
        foreach ((ServiceResource service, SourcedResource source) in Ours(all))
        {
            if (!service.Metadata.Annotations.TryGetValue(ServiceResource.PoolAnnotation, out string? name) || names.Contains(name)) continue;
            string advice = NearestName.Find(name, names) is { } near ? $"Did you mean '{near}'?" : names.Length == 0 ? "Add a pool of that name." : $"Name one of: {string.Join(", ", names)}.";
            report.Warning(source, Annotation(ServiceResource.PoolAnnotation), $"There is no pool '{name}', so this service gets no address.", advice);
        }
    }

    private static void RequestedAddressesAreInPools(ClusterConfiguration all, RuleReport report)
    {
        if (all.Cluster is not { } cluster) return;
        foreach ((SourcedResource source, string text, string path) in Requests(all))
        {
            if (!FieldValues.TryAddress(text, out IPAddress? address)) report.Warning(source, path, $"'{Finding.Shorten(text)}' is not an IP address, so this service gets no address.", "Write addresses with commas between, or leave the request out.");
            else if (!cluster.Resource.LoadBalancer.AddressPools.Any(pool => pool.Addresses.Any(range => range.Contains(address)))) report.Warning(source, path, $"The requested address {address} lies in no pool, so this service gets no address.", "Request an address of a pool, or add a pool that holds it.");
        }
    }

    private static void RequestedAddressesOnce(ClusterConfiguration all, RuleReport report)
    {
        Dictionary<IPAddress, SourcedResource> first = [];
        IPAddress? ingress = all.Cluster?.Resource.LoadBalancer.IngressVip;
        foreach ((SourcedResource source, string text, string path) in Requests(all))
        {
            if (!FieldValues.TryAddress(text, out IPAddress? address)) continue;
            bool isIngress = source.Resource.Metadata is { Namespace: "gke-system", Name: "istio-ingress" };
            if (address.Equals(ingress) && !isIngress) report.Warning(source, path, $"The requested address {address} is the ingress virtual IP, which belongs to gke-system/istio-ingress.", "Request another address.");
            else if (!first.TryAdd(address, source) && first[address] != source) report.Warning(source, path, $"The requested address {address} is requested by {first[address].Title} too, and one of them gets none.", "Request another address for one of the two.");
        }
    }

    // What lies in a pool, and still is not given.
    private static void RequestedAddressesFit(ClusterConfiguration all, RuleReport report)
    {
        if (all.Cluster is not { } cluster) return;
        ImmutableArray<AddressPool> pools = cluster.Resource.LoadBalancer.AddressPools;
        Dictionary<(SourcedResource, bool), IPAddress> families = [];
        foreach ((SourcedResource source, string text, string path) in Requests(all))
        {
            if (!FieldValues.TryAddress(text, out IPAddress? address)) continue;
            bool isIPv6 = AddressNumber.IsIPv6(address);
            if (!families.TryAdd((source, isIPv6), address) && !families[(source, isIPv6)].Equals(address))
            {
                report.Warning(source, path, $"The service requests {families[(source, isIPv6)]} and {address}, and gets one address of a family at most; so it gets none.", "Request one of the two.");
            }
            else if (pools.FirstOrDefault(pool => pool.Addresses.Any(range => range.Contains(address))) is { } pool)
            {
                string? only = source.Resource.Metadata.Annotations.GetValueOrDefault(ServiceResource.PoolAnnotation);
                if (only is not null && only != pool.Name) report.Warning(source, path, $"The requested address {address} lies in the pool '{pool.Name}', and the pool '{only}' is requested; so this service gets no address.", $"Request the pool '{pool.Name}', or an address of '{only}'.");
                else if (pool.AvoidBuggyIPs && !isIPv6 && address.GetAddressBytes()[3] is (0 or 255)) report.Warning(source, path, $"The requested address {address} ends in .0 or .255, which the pool '{pool.Name}' avoids; so this service gets no address.", "Request another address of the pool.");
            }
        }
    }

    private static IEnumerable<(SourcedResource Source, string Text, string Path)> Requests(ClusterConfiguration all)
    {
        foreach ((ServiceResource service, SourcedResource source) in Ours(all))
        {
            if (service.RequestedAddress is { } address) yield return (source, address, LoadBalancerIP);
            if (!service.Metadata.Annotations.TryGetValue(ServiceResource.AddressesAnnotation, out string? list)) continue;
            foreach (string text in list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)) yield return (source, text, Annotation(ServiceResource.AddressesAnnotation));
        }
    }

    private static IEnumerable<Sourced<ServiceResource>> Ours(ClusterConfiguration all) =>
        all.Services.Where(service => service.Resource is { IsLoadBalancer: true, LoadBalancerClass: null });

    private static string Annotation(string key) => Documents.DocumentPath.Key("metadata.annotations", key);
}
