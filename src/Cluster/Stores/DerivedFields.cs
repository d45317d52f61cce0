using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Stores;

/// <summary>Fields of a record that an object has in its labels or annotations, so that both always say the same.</summary>
internal static class DerivedFields
{
    public static Resource Fill(Resource resource) => resource switch
    {
        NodeResource node => node with { InterfaceAddresses = InterfacePrefixes.Parse(node.Metadata.Annotations.GetValueOrDefault(NodeResource.AddressesAnnotation)) },
        EndpointSliceResource slice => slice with { Metadata = slice.Metadata with { Labels = slice.Metadata.Labels.SetItem(EndpointSliceResource.ServiceLabel, slice.ServiceName) } },
        _ => resource,
    };
}
