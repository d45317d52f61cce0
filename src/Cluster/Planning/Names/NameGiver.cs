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

    /// <param name="planned">In any order; a second one of the same identity is passed over.</param>
    /// <param name="meant">The name meant for a planned one; asked only of those that are not in the store.</param>
    public static ObjectNames<TIdentity, TResource> Give<TIdentity, TPlanned, TResource>(
        IEnumerable<TPlanned> planned,
        Func<TPlanned, TIdentity> identify,
        Func<TPlanned, string> meant,
        IEnumerable<TResource> existing,
        Func<TResource, TIdentity> identifyExisting)
        where TIdentity : struct, IComparable<TIdentity>
        where TResource : Resource
    {
        Dictionary<TIdentity, TPlanned> wanted = [];
        foreach (TPlanned one in planned) _ = wanted.TryAdd(identify(one), one);
        Dictionary<TIdentity, TResource> kept = new(wanted.Count);
        List<TResource> surplus = [];
        foreach (TResource resource in existing)
        {
            TIdentity identity = identifyExisting(resource);
            if (!wanted.ContainsKey(identity))
            {
                surplus.Add(resource);
            }
            else if (!kept.TryAdd(identity, resource))
            {
                bool isEarlier = Earlier(resource, kept[identity]) < 0;
                surplus.Add(isEarlier ? kept[identity] : resource);
                if (isEarlier) kept[identity] = resource;
            }
        }

        surplus.Sort(Earlier);
        Dictionary<TIdentity, string> names = new(wanted.Count);
        foreach ((TIdentity identity, TResource resource) in kept) names.Add(identity, resource.Metadata.Name);
        if (kept.Count < wanted.Count)
        {
            HashSet<string> taken = [.. names.Values];
            foreach ((TIdentity identity, TPlanned one) in wanted.Where(pair => !kept.ContainsKey(pair.Key)).OrderBy(pair => pair.Key)) names.Add(identity, Free(meant(one), identity.ToString()!, taken));
        }

        return new(names, kept, [.. surplus]);
    }

    // One without a UID is in no store yet.
    private static int Earlier(Resource one, Resource other)
    {
        int order = (one.Metadata.Uid is null).CompareTo(other.Metadata.Uid is null);
        if (order == 0) order = string.CompareOrdinal(one.Metadata.Uid, other.Metadata.Uid);
        return order != 0 ? order : string.CompareOrdinal(one.Metadata.Name, other.Metadata.Name);
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
