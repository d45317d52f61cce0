using BgpLoadBalancer.Cluster.Reading;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.PowerShell.Models;

/// <summary>What an import did to a resource.</summary>
public enum BgpResourceChange
{
    Created,
    Changed,
}

/// <summary>A resource that an import brought into a cluster.</summary>
public sealed class BgpClusterResource : IClusterObject
{
    internal BgpClusterResource(ConnectedCluster cluster, SourcedResource source, BgpResourceChange change)
    {
        Kind = source.Kind;
        Namespace = source.Resource.Metadata.Namespace;
        Name = source.Resource.Metadata.Name;
        Change = change;
        File = source.Document.File;
        Cluster = cluster.Name;
    }

    /// <summary>As manifests name it.</summary>
    public string Kind { get; }

    /// <summary>Empty for a kind without namespaces.</summary>
    public string Namespace { get; }

    public string Name { get; }

    public BgpResourceChange Change { get; }

    /// <summary>Where it came from.</summary>
    public string File { get; }

    public string Cluster { get; }

    bool IClusterObject.IsOf(SourcedResource source) => source.Title == ToString();

    public override string ToString() => Namespace.Length == 0 ? $"{Kind} {Name}" : $"{Kind} {Namespace}/{Name}";
}
