using System.Collections.Immutable;
using System.Net;
using System.Runtime.CompilerServices;
using BgpLoadBalancer.Cluster.Planning.Addresses;

namespace BgpLoadBalancer.Cluster.Planning;

/// <param name="Node">The node's name.</param>
/// <param name="Address">Of the route's family.</param>
/// <param name="PathId">The node's IPv4 address as a number, for both families (R9).</param>
public readonly record struct NextHop(string Node, IPAddress Address, uint PathId);

/// <summary>
/// The load-balancer nodes that take traffic of one family (R10, R16, R23), in order of path identifier. All routes of the
/// family share it; a route keeps only its ranking.
/// </summary>
public sealed class NextHopSet
{
    // What a ranking can name.
    private const int Most = ushort.MaxValue;
    private readonly ulong[] _hashes;

    internal NextHopSet(bool isIPv6, IEnumerable<NextHop> nodes, bool kept = false)
    {
        IsIPv6 = isIPv6;
        Kept = kept;
        Nodes = [.. nodes.OrderBy(node => node.PathId)];
        if (Nodes.Length > Most) throw new ArgumentException($"{Nodes.Length} load-balancer nodes are more than the {Most} that a route can have.", nameof(nodes));
        _hashes = [.. Nodes.Select(node => Rendezvous.Hash(node.Node))];
    }

    public bool IsIPv6 { get; }

    public ImmutableArray<NextHop> Nodes { get; }

    /// <summary>No node is healthy, so the last set that was not empty stays (R23).</summary>
    public bool Kept { get; }

    internal bool SameAs(NextHopSet other) => IsIPv6 == other.IsIPv6 && Kept == other.Kept && Nodes.AsSpan().SequenceEqual(other.Nodes.AsSpan());

    /// <summary>The indexes of <see cref="Nodes"/> in rendezvous order of (VIP, node), best first (R8).</summary>
    // A controller just started makes its first plan at full speed.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal ImmutableArray<ushort> Rank(AddressKey vip)
    {
        Span<ulong> keys = _hashes.Length <= 512 ? stackalloc ulong[_hashes.Length] : new ulong[_hashes.Length];
        ulong hash = Rendezvous.Hash(vip);
        for (int i = 0; i < keys.Length; i++)
        {
            // The index below a hash of 48 bits: one array to sort, and a tie falls to the lower path identifier.
            keys[i] = (Rendezvous.Mix(hash, _hashes[i]) & ~(ulong)Most) | (uint)i;
        }

        keys.Sort();
        ushort[] ranking = new ushort[keys.Length];
        for (int i = 0; i < ranking.Length; i++) ranking[i] = (ushort)keys[i];
        return System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(ranking);
    }
}
