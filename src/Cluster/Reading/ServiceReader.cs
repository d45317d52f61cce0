using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using BgpLoadBalancer.Cluster.Documents;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Reading;

/// <summary>Reads a Service as far as it concerns load balancing (R21, R22).</summary>
internal static class ServiceReader
{
    public static ServiceResource Read(FieldReader root, ResourceMetadata metadata)
    {
        FieldReader? spec = root.Mapping("spec");
        ImmutableArray<string> families = (spec?.Values("ipFamilies", FieldValues.OneOf("IPv4", "IPv6"))).OrEmpty();
        string? policy = spec?.Object("ipFamilyPolicy", FieldValues.OneOf("SingleStack", "PreferDualStack", "RequireDualStack"));
        // The API server fills in the families; in a manifest a dual-stack policy alone asks for both.
        bool both = policy is "PreferDualStack" or "RequireDualStack";
        return new()
        {
            Metadata = metadata,
            IsLoadBalancer = spec?.Text("type") == "LoadBalancer",
            ExternalTrafficPolicy = spec?.Object("externalTrafficPolicy", FieldValues.OneOf("Cluster", "Local")) == "Local" ? ExternalTrafficPolicy.Local : ExternalTrafficPolicy.Cluster,
            LoadBalancerClass = spec?.Text("loadBalancerClass"),
            RequestedAddress = Text(spec, "loadBalancerIP"),
            WantsIPv4 = both || families.IsEmpty || families.Contains("IPv4"),
            WantsIPv6 = both || families.Contains("IPv6"),
            Addresses = HeldAddresses(root),
            Announcement = Announcement(root),
        };
    }

    private static ImmutableArray<IPAddress> HeldAddresses(FieldReader root) =>
        (root.Mapping("status")?.Mapping("loadBalancer")?.List("ingress", (DocumentNode node, string path, [NotNullWhen(true)] out IPAddress? address) =>
        {
            // Another load balancer may have put a host name here instead.
            address = null;
            return (node as DocumentMapping)?["ip"] is DocumentScalar ip && FieldValues.TryAddress(ip.Text, out address);
        })).OrEmpty();

    private static ServiceAnnouncement? Announcement(FieldReader root) =>
        (root.Mapping("status")?.List("conditions", (DocumentNode node, string path, [NotNullWhen(true)] out ServiceAnnouncement? announcement) =>
        {
            DocumentMapping? condition = node as DocumentMapping;
            announcement = Word(condition, "type") == ServiceAnnouncement.ConditionType
                ? new(Word(condition, "status") == "True", Word(condition, "reason"), Word(condition, "message"))
                : null;
            return announcement is not null;
        })).OrEmpty().FirstOrDefault();

    private static string Word(DocumentMapping? mapping, string key) => (mapping?[key] as DocumentScalar)?.Text ?? "";

    // The API server writes an empty text where nothing is requested.
    private static string? Text(FieldReader? spec, string key) => spec?.Node(key) is DocumentScalar { Text.Length: 0 } ? null : spec?.Text(key);
}
