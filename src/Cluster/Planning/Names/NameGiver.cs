using System.Collections.Immutable;
using System.Globalization;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Planning.Names;

/// <summary>
/// Resolves clashes of names (R32). An object that is in the store keeps its name while its identity is planned. The others come later, in order of their
/// identities: each gets the name that is meant for it, or, where that is taken, the same with <c>-</c> and eight hex digits of a hash of its
/// identity. UIDs decide between two objects in the store with one identity: the lowest stays, the other is surplus.
/// </summary>
internal static class NameGiver
{
    /// <summary>The longest name that an API server takes (RFC 1123 subdomain).</summary>
    private const int Longest = 253;

    /// <param name="planned">Identities and the names meant for them; a second one of the same identity is passed over.</param>
    public static ObjectNames<TIdentity, TResource> Give<TIdentity, TResource>(IEnumerable<(TIdentity Identity, string Meant)> planned, IEnumerable<TResource> existing, Func<TResource, TIdentity> identify)
        where TIdentity : struct, IComparable<TIdentity>
        where TResource : Resource
    {
        SortedDictionary<TIdentity, string> meant = [];
        foreach ((TIdentity identity, string name) in planned) _ = meant.TryAdd(identity, name);
        Dictionary<TIdentity, TResource> kept = [];
        ImmutableArray<TResource>.Builder surplus = ImmutableArray.CreateBuilder<TResource>();
        foreach (TResource resource in existing.OrderBy(resource => resource.Metadata.Uid is null).ThenBy(resource => resource.Metadata.Uid, StringComparer.Ordinal).ThenBy(resource => resource.Metadata.Name, StringComparer.Ordinal))
        {
            TIdentity identity = identify(resource);
            if (!meant.ContainsKey(identity) || !kept.TryAdd(identity, resource)) surplus.Add(resource);
        }

        Dictionary<TIdentity, string> names = [];
        HashSet<string> taken = [.. kept.Values.Select(resource => resource.Metadata.Name)];
        foreach ((TIdentity identity, string name) in meant)
        {
            names[identity] = kept.TryGetValue(identity, out TResource? resource) ? resource.Metadata.Name : Free(name, identity.ToString()!, taken);
        }

        return new(names, kept, surplus.DrainToImmutable());
    }

    private static string Free(string meant, string identity, HashSet<string> taken)
    {
        if (meant.Length <= Longest && taken.Add(meant)) return meant;
        // Another object may have just the name with the hash; hash once more then.
        for (int attempt = 0; ; attempt++)
        {
            string text = attempt == 0 ? identity : string.Create(CultureInfo.InvariantCulture, $"{identity} {attempt}");
            string suffix = string.Create(CultureInfo.InvariantCulture, $"-{Rendezvous.Hash(text) >> 32:x8}");
            string name = meant[..Math.Min(meant.Length, Longest - suffix.Length)].TrimEnd('-', '.') + suffix;
            if (taken.Add(name)) return name;
        }
    }
}
