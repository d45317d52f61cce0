using System.Net;
using System.Runtime.InteropServices;
using BgpLoadBalancer.Bgp.Routes;

namespace BgpLoadBalancer.Bgp.Rib;

/// <summary>One path of one slot to announce or withdraw; those of a bucket are chained through <paramref name="Next"/>.</summary>
internal readonly record struct RouteOperation(int Slot, uint PathId, int Next);

/// <summary>The paths that share all attributes, so share messages.</summary>
internal struct UpdateBucket
{
    public PathAttributes Attributes;
    public IPAddress NextHop;
    public int Head;
    public int Tail;
}

/// <summary>
/// A bounded number of changes sorted by what they have in common. Scratch: cleared and used again for each batch, by one
/// session at a time.
/// </summary>
internal sealed class UpdateBatch
{
    /// <summary>
    /// Enough that all but the last message of a bucket are full in bulk, and that the messages of a batch stay a few hundred
    /// kilobytes.
    /// </summary>
    public const int MaxOperations = 32_768;

    public const int End = -1;

    private readonly List<RouteOperation> _operations = [];
    private readonly List<UpdateBucket> _buckets = [];
    private readonly Dictionary<(PathAttributes, IPAddress), int> _byContent = [];
    private readonly List<RouteOperation> _withdrawnIPv4 = [];
    private readonly List<RouteOperation> _withdrawnIPv6 = [];
    private PathAttributes? _lastAttributes;
    private IPAddress? _lastNextHop;
    private int _lastBucket;

    public bool IsFull => _operations.Count + _withdrawnIPv4.Count + _withdrawnIPv6.Count >= MaxOperations;

    public ReadOnlySpan<UpdateBucket> Buckets => CollectionsMarshal.AsSpan(_buckets);

    public ReadOnlySpan<RouteOperation> Operations => CollectionsMarshal.AsSpan(_operations);

    public ReadOnlySpan<RouteOperation> Withdrawn(BgpAddressFamily family) =>
        CollectionsMarshal.AsSpan(family == BgpAddressFamily.IPv6Unicast ? _withdrawnIPv6 : _withdrawnIPv4);

    public void Clear()
    {
        _operations.Clear();
        _buckets.Clear();
        _byContent.Clear();
        _withdrawnIPv4.Clear();
        _withdrawnIPv6.Clear();
        _lastAttributes = null;
        _lastNextHop = null;
    }

    public void Announce(int slot, in PathEntry path, PathAttributes attributes)
    {
        int index = BucketOf(attributes, path.NextHop);
        int operation = _operations.Count;
        _operations.Add(new(slot, path.PathId, End));
        ref UpdateBucket bucket = ref CollectionsMarshal.AsSpan(_buckets)[index];
        if (bucket.Head == End)
        {
            bucket.Head = operation;
        }
        else
        {
            ref RouteOperation tail = ref CollectionsMarshal.AsSpan(_operations)[bucket.Tail];
            tail = tail with { Next = operation };
        }

        bucket.Tail = operation;
    }

    public void Withdraw(int slot, uint pathId, bool isIPv6) => (isIPv6 ? _withdrawnIPv6 : _withdrawnIPv4).Add(new(slot, pathId, End));

    private int BucketOf(PathAttributes attributes, IPAddress nextHop)
    {
        // Routes that were declared together mostly share the very objects.
        if (ReferenceEquals(attributes, _lastAttributes) && ReferenceEquals(nextHop, _lastNextHop)) return _lastBucket;
        ref int index = ref CollectionsMarshal.GetValueRefOrAddDefault(_byContent, (attributes, nextHop), out bool exists);
        if (!exists)
        {
            index = _buckets.Count;
            _buckets.Add(new() { Attributes = attributes, NextHop = nextHop, Head = End, Tail = End });
        }

        (_lastAttributes, _lastNextHop, _lastBucket) = (attributes, nextHop, index);
        return index;
    }
}
