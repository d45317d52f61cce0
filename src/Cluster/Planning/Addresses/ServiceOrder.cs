namespace BgpLoadBalancer.Cluster.Planning.Addresses;

/// <summary>The order of services: namespace, then name, by code units.</summary>
internal readonly record struct ServiceOrder(string Namespace, string Name) : IComparable<ServiceOrder>
{
    public static ServiceOrder Of(ServiceInput input) => new(input.Namespace, input.Name);

    public int CompareTo(ServiceOrder other)
    {
        int order = string.CompareOrdinal(Namespace, other.Namespace);
        return order != 0 ? order : string.CompareOrdinal(Name, other.Name);
    }
}
