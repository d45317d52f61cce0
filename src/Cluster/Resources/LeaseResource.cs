using System.Net;

namespace BgpLoadBalancer.Cluster.Resources;

/// <summary>A <c>coordination.k8s.io/v1</c> Lease. Its times are for people: whether it has run out is seen from its resource version (R19).</summary>
public sealed record LeaseResource : Resource
{
    /// <summary>Null or empty: nobody holds it.</summary>
    public string? Holder { get; init; }

    /// <summary>Seconds.</summary>
    public int DurationSeconds { get; init; }

    public DateTimeOffset? AcquireTime { get; init; }

    public DateTimeOffset? RenewTime { get; init; }

    /// <summary>How often the holder has changed.</summary>
    public int Transitions { get; init; }
}

/// <summary>How our leases are named, all in <see cref="SystemNamespace"/>.</summary>
public static class LeaseNames
{
    /// <summary>Where sessions, advertised routes and leases are.</summary>
    public const string SystemNamespace = "kube-system";

    /// <summary>On the free lease of a floating IP: which node could not take the address, and why, for people. It goes when the lease is taken.</summary>
    public const string RefusalAnnotation = "networking.gke.io/bgp-refusal";

    private const string NodePrefix = "bgp-node-";
    private const string FloatingIPPrefix = "bgp-floating-ip-";

    /// <summary>The agent of a node renews it to say that it lives (R23).</summary>
    public static string OfNode(string node) => NodePrefix + node;

    /// <summary>The node of such a lease; null for another one.</summary>
    public static string? NodeOf(string lease)
    {
        ArgumentNullException.ThrowIfNull(lease);
        return lease.StartsWith(NodePrefix, StringComparison.Ordinal) ? lease[NodePrefix.Length..] : null;
    }

    /// <summary>Who holds the floating IP (R19).</summary>
    public static string OfFloatingIP(IPAddress address) => $"{FloatingIPPrefix}{address}";

    /// <summary>The floating IP of such a lease; null for another one.</summary>
    public static IPAddress? FloatingIPOf(string lease)
    {
        ArgumentNullException.ThrowIfNull(lease);
        return lease.StartsWith(FloatingIPPrefix, StringComparison.Ordinal) && IPAddress.TryParse(lease.AsSpan(FloatingIPPrefix.Length), out IPAddress? address) ? address : null;
    }

    /// <summary>Which controller leads for the cluster whose resources are in that namespace (R38).</summary>
    public static string OfController(string clusterNamespace) => $"bgp-controller-{clusterNamespace}";
}
