using System.Collections.Immutable;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;

namespace BgpLoadBalancer.Cluster.Control.Observation;

/// <summary>Takes what a <see cref="Reflector{T}"/> sees, one call at a time.</summary>
internal interface IResourceSink<T>
    where T : Resource
{
    /// <summary>These are all objects now.</summary>
    void Replace(ImmutableArray<T> all);

    void Change(ResourceChange<T> change);

    /// <summary>Nothing is seen until the next <see cref="Replace"/>.</summary>
    void Interrupt(Exception reason);
}
