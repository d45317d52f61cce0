using System.Collections.Immutable;

namespace BgpLoadBalancer.Cluster.Resources;

/// <summary>What every object of the API has.</summary>
public sealed record ResourceMetadata
{
    public required string Name { get; init; }

    /// <summary>Empty for objects that have none, such as Nodes.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>Given by the API server or the store; null before.</summary>
    public string? Uid { get; init; }

    /// <summary>Opaque; compared for equality only.</summary>
    public string? ResourceVersion { get; init; }

    public ImmutableSortedDictionary<string, string> Labels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    public ImmutableSortedDictionary<string, string> Annotations { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}

/// <summary>An object of the API as far as we know its kind. Immutable.</summary>
public abstract record Resource
{
    public required ResourceMetadata Metadata { get; init; }
}
