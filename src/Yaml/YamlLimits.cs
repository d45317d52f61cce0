namespace BgpLoadBalancer.Yaml;

/// <summary>How much of a file is read before it is refused, whatever it says.</summary>
public sealed record YamlLimits
{
    public static YamlLimits Default { get; } = new();

    /// <summary>Characters in all.</summary>
    public int MaxLength { get; init; } = 64 * 1024 * 1024;

    /// <summary>Collections within collections, those behind an alias included.</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>
    /// Nodes that aliases add to one document when each is written out. It bounds what a reader of the tree walks: a few lines of
    /// aliases of aliases can stand for billions of nodes.
    /// </summary>
    public int MaxAliasedNodes { get; init; } = 100_000;
}
