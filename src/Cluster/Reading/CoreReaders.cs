using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using BgpLoadBalancer.Cluster.Documents;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Reading;

/// <summary>Reads Kubernetes' own Node and EndpointSlice: the API server has checked them, so only what we use is looked at.</summary>
internal static class CoreReaders
{
    public static NodeResource Node(FieldReader root, ResourceMetadata metadata, ReadingContext context)
    {
        FieldReader? status = root.Mapping("status");
        ImmutableArray<(string Type, string Value)> addresses = Pairs(status, "addresses", "address", context);
        ImmutableArray<(string Type, string Value)> conditions = Pairs(status, "conditions", "status", context);
        return new()
        {
            Metadata = metadata,
            InternalIPs = [.. addresses.Where(pair => pair.Type == "InternalIP").Select(pair => FieldValues.TryAddress(pair.Value, out IPAddress? ip) ? ip : null).OfType<IPAddress>()],
            Ready = conditions.All(pair => pair.Type != "Ready" || pair.Value == "True"),
            InterfaceAddresses = InterfaceAddresses(root, metadata),
        };
    }

    public static EndpointSliceResource? EndpointSlice(FieldReader root, ResourceMetadata metadata, ReadingContext context)
    {
        // A slice without the label belongs to no service (a rule of Kubernetes), so it is of no interest.
        if (!metadata.Labels.TryGetValue(EndpointSliceResource.ServiceLabel, out string? service)) return null;
        ImmutableArray<object> ready = root.List("endpoints", (DocumentNode node, string path, [NotNullWhen(true)] out object? item) =>
        {
            FieldReader fields = new(node, path, context);
            // No answer counts as ready, by the API's own definition of the field.
            bool isReady = fields.Mapping("conditions")?.Value<bool>("ready", FieldValues.Bool) ?? true;
            item = isReady ? path : null;
            return isReady;
        }).OrEmpty();
        return new() { Metadata = metadata, ServiceName = service, ReadyEndpoints = ready.Length };
    }

    private static ImmutableArray<(string Type, string Value)> Pairs(FieldReader? status, string list, string value, ReadingContext context) =>
        (status?.List(list, (DocumentNode node, string path, out (string Type, string Value) pair) =>
        {
            FieldReader fields = new(node, path, context);
            pair = (fields.Text("type", required: true) ?? "", fields.Text(value, required: true) ?? "");
            return true;
        })).OrEmpty();

    private static ImmutableArray<InterfacePrefix> InterfaceAddresses(FieldReader root, ResourceMetadata metadata)
    {
        if (!metadata.Annotations.TryGetValue(NodeResource.AddressesAnnotation, out string? text)) return [];
        ImmutableArray<InterfacePrefix>.Builder prefixes = ImmutableArray.CreateBuilder<InterfacePrefix>();
        FieldReader annotations = root.Mapping("metadata")!.Mapping("annotations")!;
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (InterfacePrefixes.TryParse(part, out InterfacePrefix prefix)) prefixes.Add(prefix);
            else
            {
                annotations.Report(NodeResource.AddressesAnnotation, new($"'{Validation.Finding.Shorten(part)}' is not the address of an interface with the length of its subnet.", "Write addresses with lengths and commas between, such as 10.0.1.10/24,2001:db8::10/64."));
            }
        }

        return prefixes.ToImmutable();
    }
}
