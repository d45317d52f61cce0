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
        int count = _hashes.Length;
        Span<ulong> keys = count <= 512 ? stackalloc ulong[count] : new ulong[count];
        Span<ulong> sorted = count <= 512 ? stackalloc ulong[count] : new ulong[count];
        Span<int> starts = count <= 512 ? stackalloc int[count + 1] : new int[count + 1];
        starts.Clear();
        ulong hash = Rendezvous.Hash(vip);
        for (int i = 0; i < count; i++)
        {
            // The index below a hash of 48 bits: one array to sort, and a tie falls to the lower path identifier.
            keys[i] = (Rendezvous.Mix(hash, _hashes[i]) & ~(ulong)Most) | (uint)i;
            starts[Bucket(keys[i], count) + 1]++;
        }

        // Hashes are spread evenly, so that a bucket for each leaves next to nothing to sort: half the time of a general sort, or less.
        for (int i = 1; i < count; i++) starts[i] += starts[i - 1];
        foreach (ulong key in keys) sorted[starts[Bucket(key, count)]++] = key;
        for (int i = 1; i < count; i++)
        {
            ulong key = sorted[i];
            int place = i;
            for (; place > 0 && sorted[place - 1] > key; place--) sorted[place] = sorted[place - 1];
            sorted[place] = key;
        }

        ushort[] ranking = new ushort[count];
        for (int i = 0; i < count; i++) ranking[i] = (ushort)sorted[i];
        return System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(ranking);
    }

    // In the order of the keys: a higher key is never in a lower bucket.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Bucket(ulong key, int count) => (int)(((key >> 32) * (uint)count) >> 32);
}
