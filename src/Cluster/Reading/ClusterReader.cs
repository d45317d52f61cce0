using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using BgpLoadBalancer.Cluster.Documents;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Reading;

/// <summary>Reads a Cluster (R25). Fields that are not ours may stand anywhere in it but in entries of our two lists.</summary>
internal static class ClusterReader
{
    private static readonly string[] Types = ["admin", "user", "hybrid", "standalone"];

    public static ClusterResource? Read(FieldReader root, ResourceMetadata metadata, ReadingContext context)
    {
        root.Ignore("status");
        if (root.Mapping("spec", required: true) is not { } spec) return new() { Metadata = metadata, Type = ClusterType.User };
        FieldReader? network = spec.Mapping("clusterNetwork");
        FieldReader? services = network?.Mapping("services");
        FieldReader? controlPlane = spec.Mapping("controlPlane");
        FieldReader? loadBalancer = spec.Mapping("loadBalancer");
        ClusterResource cluster = new()
        {
            Metadata = metadata,
            Type = ReadType(spec),
            AdvancedNetworking = network?.Bool("advancedNetworking") ?? false,
            ServiceCidrs = (services?.Values<IPNetwork>("cidrBlocks", FieldValues.Network)).OrEmpty(),
            ControlPlaneNodes = ReadNodePool(controlPlane, context).OrEmpty(),
            LoadBalancer = loadBalancer is null ? new() : LoadBalancerReader.Read(loadBalancer, context),
        };
        foreach (FieldReader? fields in (ReadOnlySpan<FieldReader?>)[spec, network, services, controlPlane, loadBalancer]) fields?.FinishShared();
        return cluster;
    }

    /// <summary>Null when there is no <c>nodePoolSpec</c>.</summary>
    public static ImmutableArray<IPAddress>? ReadNodePool(FieldReader? parent, ReadingContext context)
    {
        if (parent?.Mapping("nodePoolSpec") is not { } pool) return null;
        ImmutableArray<IPAddress> nodes = pool.List("nodes", (DocumentNode node, string path, [NotNullWhen(true)] out IPAddress? address) =>
        {
            FieldReader fields = new(node, path, context);
            address = fields.IPv4("address", required: true);
            fields.FinishShared();
            return address is not null;
        });
        pool.FinishShared();
        return nodes.OrEmpty();
    }

    private static ClusterType ReadType(FieldReader spec)
    {
        if (!spec.Has("type"))
        {
            spec.Warn("type", new("'type' is missing; 'user' is assumed, which has service load balancing.", "Write type: user, admin, hybrid or standalone."));
            return ClusterType.User;
        }

        return spec.Object("type", FieldValues.OneOf(Types)) is { } type ? Enum.Parse<ClusterType>(type, ignoreCase: true) : ClusterType.User;
    }
}
