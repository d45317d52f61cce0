using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Planning;

/// <summary>What has changed since a plan was made: one service (itself or its endpoints), or anything else.</summary>
/// <param name="IsService">False: something that concerns more than one service, such as a Node; the other fields are empty then.</param>
public readonly record struct ChangedKey(bool IsService, string Namespace, string Name)
{
    public static ChangedKey Other { get; } = new(false, "", "");

    public static ChangedKey Service(string serviceNamespace, string name) => new(true, serviceNamespace, name);

    /// <summary>The key for an object that was added, changed or removed. An EndpointSlice stands for its service.</summary>
    public static ChangedKey Of(Resource resource) => resource switch
    {
        ServiceResource service => Service(service.Metadata.Namespace, service.Metadata.Name),
        EndpointSliceResource slice => Service(slice.Metadata.Namespace, slice.ServiceName),
        _ => Other,
    };
}
