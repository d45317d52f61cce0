using System.Net;
using BgpLoadBalancer.Bgp.Routes;

namespace BgpLoadBalancer.Bgp.Rib;

/// <summary>One path of one slot to announce or withdraw; those of a bucket are chained through <paramref name="Next"/>.</summary>
internal record struct RouteOperation(int Slot, uint PathId, int Next);

/// <summary>What paths must have in common to share messages. A class, since the runtime brings dictionaries of references compiled.</summary>
internal sealed record SharedContent(PathAttributes Attributes, IPAddress NextHop);

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

    private readonly Dictionary<SharedContent, int> _byContent = [];
    private ScratchArray<RouteOperation> _operations = new(64);
    private ScratchArray<UpdateBucket> _buckets = new(4);
    private ScratchArray<RouteOperation> _withdrawnIPv4 = new(64);
    private ScratchArray<RouteOperation> _withdrawnIPv6 = new(4);
    private PathAttributes? _lastAttributes;
    private IPAddress? _lastNextHop;
    private int _lastBucket;

    public bool IsFull => _operations.Count + _withdrawnIPv4.Count + _withdrawnIPv6.Count >= MaxOperations;

    public ReadOnlySpan<UpdateBucket> Buckets => _buckets.Written;

    public ReadOnlySpan<RouteOperation> Operations => _operations.Written;

    public ReadOnlySpan<RouteOperation> Withdrawn(BgpAddressFamily family) =>
        family == BgpAddressFamily.IPv6Unicast ? _withdrawnIPv6.Written : _withdrawnIPv4.Written;

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
        ref UpdateBucket bucket = ref _buckets[index];
        if (bucket.Head == End) bucket.Head = operation;
        else _operations[bucket.Tail].Next = operation;
        bucket.Tail = operation;
    }

    public void Withdraw(int slot, uint pathId, bool isIPv6)
    {
        if (isIPv6) _withdrawnIPv6.Add(new(slot, pathId, End));
        else _withdrawnIPv4.Add(new(slot, pathId, End));
    }

    private int BucketOf(PathAttributes attributes, IPAddress nextHop)
    {
        // Routes that were declared together mostly share the very objects.
        if (ReferenceEquals(attributes, _lastAttributes) && ReferenceEquals(nextHop, _lastNextHop)) return _lastBucket;
        SharedContent content = new(attributes, nextHop);
        if (!_byContent.TryGetValue(content, out int index))
        {
            index = _buckets.Count;
            _byContent.Add(content, index);
            _buckets.Add(new() { Attributes = attributes, NextHop = nextHop, Head = End, Tail = End });
        }

        (_lastAttributes, _lastNextHop, _lastBucket) = (attributes, nextHop, index);
        return index;
    }
}
