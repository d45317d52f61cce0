using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using BgpLoadBalancer.Cluster.Documents;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Reading;

/// <summary>Reads the kinds of <c>networking.gke.io/v1</c> that people write, and ClusterCIDRConfig (R26–R29).</summary>
internal static class NetworkingReaders
{
    public static NetworkGatewayGroupResource Gateways(FieldReader root, ResourceMetadata metadata, ReadingContext context)
    {
        FieldReader? spec = root.Mapping("spec", required: true);
        NetworkGatewayGroupResource group = new()
        {
            Metadata = metadata,
            FloatingIPs = (spec?.Values<IPAddress>("floatingIPs", FieldValues.IPv4Address, required: true)).OrEmpty(),
            Status = (root.Mapping("status")?.List("floatingIPs", (DocumentNode node, string path, [NotNullWhen(true)] out FloatingIPStatus? status) =>
            {
                FieldReader fields = new(node, path, context);
                IPAddress? address = fields.IPv4("address", required: true);
                status = address is null ? null : new(address, fields.Text("node"), fields.Text("reason"));
                return status is not null;
            })).OrEmpty(),
        };
        spec?.Finish();
        root.Finish();
        return group;
    }

    public static BgpLoadBalancerResource LoadBalancer(FieldReader root, ResourceMetadata metadata)
    {
        root.Ignore("status");
        FieldReader? spec = root.Mapping("spec", required: true);
        BgpLoadBalancerResource balancer = new() { Metadata = metadata, PeerSelector = spec?.Texts("peerSelector", required: true) ?? ImmutableSortedDictionary<string, string>.Empty };
        spec?.Finish();
        root.Finish();
        return balancer;
    }

    public static ClusterCidrConfigResource Cidrs(FieldReader root, ResourceMetadata metadata)
    {
        root.Ignore("status");
        FieldReader? spec = root.Mapping("spec", required: true);
        ClusterCidrConfigResource config = new() { Metadata = metadata, IPv4 = Cidr(spec?.Mapping("ipv4"), isIPv6: false), IPv6 = Cidr(spec?.Mapping("ipv6"), isIPv6: true) };
        spec?.FinishShared();
        root.FinishShared();
        return config;
    }

    private static PodCidr? Cidr(FieldReader? fields, bool isIPv6)
    {
        if (fields is null) return null;
        IPNetwork? cidr = fields.Value<IPNetwork>("cidr", FieldValues.Network, required: true);
        int? size = fields.Value("perNodeMaskSize", FieldValues.Between(0, isIPv6 ? 128 : 32), required: true);
        fields.FinishShared();
        if (cidr is { } network && AddressNumber.IsIPv6(network.BaseAddress) != isIPv6)
        {
            fields.Report("cidr", new($"The CIDR '{network}' is of the other address family.", $"Write an {(isIPv6 ? "IPv6" : "IPv4")} CIDR, or move it to '{(isIPv6 ? "ipv4" : "ipv6")}'."));
            return null;
        }

        return cidr is null || size is null ? null : new(cidr.Value, size.Value);
    }
}
