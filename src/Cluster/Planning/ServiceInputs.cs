using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BgpLoadBalancer.Cluster.Planning.Addresses;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Planning;

/// <summary>The services of a snapshot in their order, each with whether an endpoint of it is ready.</summary>
internal static class ServiceInputs
{
    public static ServiceInput[] Read(ClusterSnapshot snapshot)
    {
        HashSet<ServiceOrder> ready = new(snapshot.EndpointSlices.Length);
        foreach (EndpointSliceResource slice in snapshot.EndpointSlices)
        {
            if (slice.ReadyEndpoints > 0) _ = ready.Add(new(slice.Metadata.Namespace, slice.ServiceName));
        }

        List<ServiceInput> inputs = new(snapshot.Services.Length);
        foreach (ServiceResource service in snapshot.Services)
        {
            if (service.IsLoadBalancer) inputs.Add(new(service, ready.Contains(new(service.Metadata.Namespace, service.Metadata.Name))));
        }

        ServiceInput[] sorted = [.. inputs];
        Array.Sort(sorted, Compare);
        return sorted;
    }

    /// <summary>The same, with only the services of <paramref name="changed"/> read anew.</summary>
    public static ServiceInput[] Patch(ClusterSnapshot snapshot, ClusterPlan previous, IReadOnlySet<ServiceOrder> changed)
    {
        HashSet<string> set = [.. changed.Select(key => key.Name)];
        // Mostly one service changes: then a comparison tells the others apart sooner than a hash.
        string? single = set.Count == 1 ? set.First() : null;
        HashSet<ServiceOrder> ready = [];
        foreach (EndpointSliceResource slice in snapshot.EndpointSlices)
        {
            if (slice.ReadyEndpoints > 0 && IsNamed(slice.ServiceName)) _ = ready.Add(new(slice.Metadata.Namespace, slice.ServiceName));
        }

        List<ServiceInput> inputs = new(previous.Services.Length + changed.Count);
        foreach (PlannedService service in previous.Services)
        {
            if (!IsNamed(service.Name) || !changed.Contains(ServiceOrder.Of(service.Input))) inputs.Add(service.Input);
        }

        foreach (ServiceResource service in snapshot.Services)
        {
            if (!service.IsLoadBalancer || !IsNamed(service.Metadata.Name)) continue;
            ServiceOrder key = new(service.Metadata.Namespace, service.Metadata.Name);
            if (!changed.Contains(key)) continue;
            int index = CollectionsMarshal.AsSpan(inputs).BinarySearch(new Position(key));
            inputs.Insert(index < 0 ? ~index : index, new(service, ready.Contains(key)));
        }

        return [.. inputs];

        bool IsNamed(string name) => single is null ? set.Contains(name) : name == single;
    }

    // Called a hundred thousand times by a controller's first plan, before the runtime would see that it is worth its while.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Compare(ServiceInput a, ServiceInput b)
    {
        int order = string.CompareOrdinal(a.Namespace, b.Namespace);
        return order != 0 ? order : string.CompareOrdinal(a.Name, b.Name);
    }

    private readonly record struct Position(ServiceOrder Key) : IComparable<ServiceInput>
    {
        public int CompareTo(ServiceInput? other) => other is null ? 1 : Key.CompareTo(ServiceOrder.Of(other));
    }
}
