using System.Collections.Immutable;

namespace BgpLoadBalancer.Cluster.Planning.Names;

/// <summary>The names of all planned objects of a kind, and what stands against them in the store (R32).</summary>
/// <typeparam name="TIdentity">What tells one object from the others.</typeparam>
/// <typeparam name="TResource">The kind.</typeparam>
public sealed class ObjectNames<TIdentity, TResource>
    where TIdentity : notnull
{
    internal ObjectNames(IReadOnlyDictionary<TIdentity, string> names, IReadOnlyDictionary<TIdentity, TResource> kept, ImmutableArray<TResource> surplus)
    {
        Names = names;
        Kept = kept;
        Surplus = surplus;
    }

    /// <summary>One for each planned object, no two alike.</summary>
    public IReadOnlyDictionary<TIdentity, string> Names { get; }

    /// <summary>The object in the store of each planned one that has one; its name is the same in <see cref="Names"/>.</summary>
    public IReadOnlyDictionary<TIdentity, TResource> Kept { get; }

    /// <summary>
    /// Objects in the store that nothing planned stands for any more, or a second one for the same. To be deleted before others are created: their
    /// names may have been given anew.
    /// </summary>
    public ImmutableArray<TResource> Surplus { get; }
}
