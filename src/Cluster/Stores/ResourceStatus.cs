using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Stores;

/// <summary>Which part of each kind is status: written by <see cref="IClusterStore.UpdateStatusAsync"/> and by nothing else.</summary>
public static class ResourceStatus
{
    /// <summary>False for a kind all of which is written by <see cref="IClusterStore.UpdateAsync"/>.</summary>
    public static bool IsPartOf(Resource resource) => resource is ServiceResource or NodeResource or NetworkGatewayGroupResource or BgpSessionResource;

    /// <summary>The resource with the status of another one of its kind.</summary>
    /// <exception cref="ArgumentException">The two are of different kinds.</exception>
    public static Resource Take(Resource resource, Resource from)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(from);
        return (resource, from) switch
        {
            _ when resource.GetType() != from.GetType() => throw new ArgumentException($"A {resource.GetType().Name} has no status of a {from.GetType().Name}.", nameof(from)),
            (ServiceResource service, ServiceResource other) => service with { Addresses = other.Addresses, Announcement = other.Announcement },
            (NodeResource node, NodeResource other) => node with { InternalIPs = other.InternalIPs, Ready = other.Ready },
            (NetworkGatewayGroupResource group, NetworkGatewayGroupResource other) => group with { Status = other.Status },
            (BgpSessionResource session, BgpSessionResource other) => session with { Status = other.Status },
            _ => resource,
        };
    }

    /// <summary>The resource as it is before anybody has written a status. A node that says nothing of its readiness counts as ready.</summary>
    public static Resource Without(Resource resource) => resource switch
    {
        ServiceResource service => service with { Addresses = [], Announcement = null },
        NodeResource node => node with { InternalIPs = [], Ready = true },
        NetworkGatewayGroupResource group => group with { Status = [] },
        BgpSessionResource session => session with { Status = null },
        _ => resource,
    };
}
