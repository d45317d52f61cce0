using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;

namespace BgpLoadBalancer.Bgp.Routes;

/// <summary>A next hop as a caller declares it.</summary>
/// <param name="NextHop">The address that takes the traffic; of the prefix's family.</param>
/// <param name="PathId">The RFC 7911 path identifier, not 0; null lets R9's rule choose.</param>
public readonly record struct RoutePath(IPAddress NextHop, uint? PathId = null);

/// <summary>One path of a set, its identifier decided.</summary>
public readonly record struct PathEntry(IPAddress NextHop, uint PathId);

/// <summary>
/// The ordered next hops of a route with the attributes they share (R8, R9). Immutable, equal by value. The first one goes to a
/// session without ADD-PATH of rank 0, the second to rank 1, and so on.
/// </summary>
public sealed class PathSet : IEquatable<PathSet>
{
    private readonly int _hash;

    /// <param name="paths">At least one next hop, best first, all of one family, each once.</param>
    /// <exception cref="ArgumentException">No path, mixed families, a repeated next hop or identifier, an identifier 0, or an
    /// address that cannot be a next hop (unspecified, multicast, broadcast, IPv6 link-local).</exception>
    public PathSet(IEnumerable<RoutePath> paths, PathAttributes? attributes = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        Attributes = attributes ?? PathAttributes.Default;
        Attributes.CheckAnnounceable();
        Paths = PathIdentifiers.Assign([.. paths]);
        HashCode hash = new();
        hash.Add(Attributes);
        foreach (PathEntry path in Paths) hash.Add(path);
        _hash = hash.ToHashCode();
        IsIPv6 = Paths[0].NextHop.AddressFamily == AddressFamily.InterNetworkV6;
        ById = Paths.Length == 1 ? Paths : Paths.Sort(static (a, b) => a.PathId.CompareTo(b.PathId));
    }

    public PathSet(params IEnumerable<IPAddress> nextHops)
        : this(nextHops.Select(nextHop => new RoutePath(nextHop)))
    {
    }

    public ImmutableArray<PathEntry> Paths { get; }

    /// <summary>The same paths in order of identifier, so that two sets are compared in one pass.</summary>
    internal ImmutableArray<PathEntry> ById { get; }

    public PathAttributes Attributes { get; }

    public bool IsIPv6 { get; }

    public bool Equals(PathSet? other) =>
        ReferenceEquals(this, other)
        || (other is not null
            && _hash == other._hash
            && Paths.AsSpan().SequenceEqual(other.Paths.AsSpan())
            && Attributes.Equals(other.Attributes));

    public override bool Equals(object? obj) => Equals(obj as PathSet);

    public override int GetHashCode() => _hash;
}

/// <summary>Path identifiers computed, not counted (R9), so that they survive restarts and failovers.</summary>
internal static class PathIdentifiers
{
    public static ImmutableArray<PathEntry> Assign(ReadOnlySpan<RoutePath> paths)
    {
        if (paths.IsEmpty) throw new ArgumentException("A route needs at least one next hop.", nameof(paths));
        AddressFamily family = paths[0].NextHop.AddressFamily;
        HashSet<uint> taken = [];
        HashSet<IPAddress> seen = [];
        foreach (RoutePath path in paths)
        {
            Check(path, family);
            if (!seen.Add(path.NextHop)) throw new ArgumentException($"Next hop {path.NextHop} is given twice.", nameof(paths));
            if ((path.PathId ?? OwnIdentifier(path.NextHop)) is { } id && !taken.Add(id))
            {
                throw new ArgumentException($"Path identifier {id} of next hop {path.NextHop} is another path's already.", nameof(paths));
            }
        }

        PathEntry[] entries = new PathEntry[paths.Length];
        for (int i = 0; i < entries.Length; i++)
        {
            entries[i] = new(paths[i].NextHop, paths[i].PathId ?? OwnIdentifier(paths[i].NextHop) ?? 0);
        }

        // Hashed identifiers in address order, so that the order of preference does not decide who yields in a collision.
        foreach (int index in Enumerable.Range(0, entries.Length).Where(i => entries[i].PathId == 0).OrderBy(i => IPPrefix.Host(entries[i].NextHop)).ToArray())
        {
            uint id = Hash(entries[index].NextHop);
            while (id == 0 || !taken.Add(id)) id++;
            entries[index] = entries[index] with { PathId = id };
        }

        return ImmutableArray.Create(entries);
    }

    private static void Check(RoutePath path, AddressFamily family)
    {
        IPAddress address = path.NextHop ?? throw new ArgumentException("A path without a next hop.", nameof(path));
        if (address.AddressFamily != family)
        {
            throw new ArgumentException($"Next hop {address} is not of the family of the next hops before it.", nameof(path));
        }

        if (path.PathId == 0) throw new ArgumentException($"Next hop {address} has the path identifier 0; give 1 to 4294967295, or none.", nameof(path));
        if (!NextHopAddress.IsUsable(address))
        {
            throw new ArgumentException($"{address} cannot be a next hop: it must be a unicast address of a host, and global if it is IPv6.", nameof(path));
        }
    }

    private static uint? OwnIdentifier(IPAddress nextHop) =>
        nextHop.AddressFamily == AddressFamily.InterNetwork ? BinaryPrimitives.ReadUInt32BigEndian(nextHop.GetAddressBytes()) : null;

    // FNV-1a: fixed for ever, since routers remember identifiers across our restarts.
    private static uint Hash(IPAddress nextHop)
    {
        uint hash = 2166136261;
        foreach (byte octet in nextHop.GetAddressBytes()) hash = (hash ^ octet) * 16777619;
        return hash;
    }
}
