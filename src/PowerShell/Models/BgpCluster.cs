using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.PowerShell.Models;

/// <summary>A connected cluster at one moment.</summary>
public sealed class BgpCluster : IBgpPlace
{
    /// <param name="cluster">Null while it has no Cluster resource.</param>
    internal BgpCluster(ConnectedCluster connected, ClusterResource? cluster, int? nodes, int? services)
    {
        Name = connected.Name;
        Namespace = connected.Namespace;
        Source = connected.Source;
        IsDefault = ClusterTable.Default == connected;
        Type = cluster?.Type;
        LoadBalancerType = cluster?.LoadBalancer.Type;
        LocalASN = cluster?.LoadBalancer.LocalAsn is > 0 and var asn ? asn : null;
        Nodes = nodes;
        Services = services;
    }

    public string Name { get; }

    /// <summary>The name again, for parameters that bind by it.</summary>
    public string Cluster => Name;

    /// <summary>Where its Cluster and load balancing resources are.</summary>
    public string Namespace { get; }

    /// <summary>Null while it has no Cluster resource, as are the two that follow.</summary>
    public ClusterType? Type { get; }

    public LoadBalancerType? LoadBalancerType { get; }

    public uint? LocalASN { get; }

    /// <summary>How many Node objects it has; null when it does not answer.</summary>
    public int? Nodes { get; }

    /// <summary>How many services of type LoadBalancer it has; null when it does not answer.</summary>
    public int? Services { get; }

    /// <summary>The path of its manifests.</summary>
    public string Source { get; }

    /// <summary>Commands of this runspace act on it unless they name another.</summary>
    public bool IsDefault { get; }

    public override string ToString() => Name;
}
