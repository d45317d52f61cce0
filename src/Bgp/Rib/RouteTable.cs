using System.Collections.Immutable;
using BgpLoadBalancer.Bgp.Routes;

namespace BgpLoadBalancer.Bgp.Rib;

/// <summary>
/// The desired routes of a speaker, the same for all its sessions. Every change gets a version; each session's
/// <see cref="AdjRibOut"/> asks for what is newer than it has seen, so changes coalesce by themselves and a slow peer costs
/// nothing. Callers hold <see cref="Sync"/> while they use anything of it.
/// </summary>
internal sealed class RouteTable
{
    private const int None = -1;

    private readonly PagedArray<RouteSlot> _slots = new();
    private readonly PrefixIndex _index;
    private readonly List<IRouteReader> _readers = [];
    private int _oldest = None;
    private int _newest = None;
    private int _free = None;
    private int _used;
    private int _withdrawn;

    public RouteTable() => _index = new PrefixIndex(_slots);

    public Lock Sync { get; } = new();

    /// <summary>Scratch for the session that holds <see cref="Sync"/>.</summary>
    public UpdateBatch Batch { get; } = new();

    /// <summary>The number of the last change; 0 before the first.</summary>
    public long Version { get; private set; }

    /// <summary>Prefixes that are announced.</summary>
    public int Count { get; private set; }

    /// <summary>The number of slots that were ever used: an upper bound of slot numbers.</summary>
    public int SlotCount => _used;

    public ref RouteSlot this[int slot] => ref _slots[slot];

    public int Find(in IPPrefix prefix) => _index.Find(prefix);

    public void AddReader(IRouteReader reader) => _readers.Add(reader);

    public void RemoveReader(IRouteReader reader) => _readers.Remove(reader);

    /// <summary>Puts a route in or takes it out (<paramref name="paths"/> null).</summary>
    /// <returns>Whether anything changed.</returns>
    public bool Set(in IPPrefix prefix, PathSet? paths) => Set(prefix, paths, out _);

    /// <summary>Makes the routes the whole table.</summary>
    public bool Replace(ReadOnlySpan<Route> routes)
    {
        long before = Version;
        BitSet wanted = new(_used + routes.Length);
        _index.EnsureCapacity(routes.Length);
        foreach (ref readonly Route route in routes)
        {
            Set(route.Prefix, route.Paths, out int slot);
            wanted.Add(slot);
        }

        for (int slot = 0; slot < _used; slot++)
        {
            if (_slots[slot].Paths is not null && !wanted.Contains(slot)) Change(slot, null);
        }

        Reclaim();
        return Version != before;
    }

    public bool Apply(ReadOnlySpan<RouteChange> changes)
    {
        long before = Version;
        foreach (ref readonly RouteChange change in changes) Set(change.Prefix, change.Paths, out _);
        Reclaim();
        return Version != before;
    }

    /// <summary>The slots that changed after <paramref name="version"/>, in order of their change.</summary>
    public void CollectChanged(long version, List<int> slots)
    {
        int first = slots.Count;
        slots.EnsureCapacity(first + (int)Math.Min(Version - version, _used));
        for (int slot = _newest; slot != None && _slots[slot].Version > version; slot = _slots[slot].Older) slots.Add(slot);
        slots.Reverse(first, slots.Count - first);
    }

    public ImmutableArray<Route> ToRoutes()
    {
        ImmutableArray<Route>.Builder routes = ImmutableArray.CreateBuilder<Route>(Count);
        for (int slot = 0; slot < _used; slot++)
        {
            if (_slots[slot].Paths is { } paths) routes.Add(new(_slots[slot].Prefix, paths));
        }

        routes.Sort(static (a, b) => a.Prefix.CompareTo(b.Prefix));
        return routes.MoveToImmutable();
    }

    private bool Set(in IPPrefix prefix, PathSet? paths, out int slot)
    {
        if (paths is null)
        {
            slot = _index.Find(prefix);
            if (slot < 0 || _slots[slot].Paths is null) return false;
            Change(slot, null);
            return true;
        }

        int unused = _free != None ? _free : _used;
        slot = _index.FindOrAdd(prefix, unused);
        if (slot == unused)
        {
            if (unused == _used) _slots.EnsureCapacity(++_used);
            else _free = _slots[unused].Newer;
            _slots[slot] = new RouteSlot { Prefix = prefix, Older = None, Newer = None };
            // It counts as withdrawn until Change announces it.
            _withdrawn++;
        }
        else if (_slots[slot].Paths is { } current && current.Equals(paths))
        {
            return false;
        }

        Change(slot, paths);
        return true;
    }

    private void Change(int slot, PathSet? paths)
    {
        ref RouteSlot route = ref _slots[slot];
        if (route.Paths is null != paths is null)
        {
            Count += paths is null ? -1 : 1;
            _withdrawn += paths is null ? 1 : -1;
        }

        if (route.Version != 0) Unlink(ref route);
        route.Paths = paths;
        route.Version = ++Version;
        route.Older = _newest;
        route.Newer = None;
        if (_newest != None) _slots[_newest].Newer = slot;
        else _oldest = slot;
        _newest = slot;
    }

    private void Unlink(ref RouteSlot route)
    {
        if (route.Older != None) _slots[route.Older].Newer = route.Newer;
        else _oldest = route.Newer;
        if (route.Newer != None) _slots[route.Newer].Older = route.Older;
        else _newest = route.Older;
    }

    /// <summary>Frees the slots of withdrawn prefixes that every reader has dealt with; done when they are many, so its cost is spread.</summary>
    private void Reclaim()
    {
        if (_withdrawn < 1024 || _withdrawn < Count / 2) return;
        long heard = Version;
        foreach (IRouteReader reader in _readers) heard = Math.Min(heard, reader.CompletedVersion);
        for (int slot = _oldest; slot != None && _slots[slot].Version <= heard;)
        {
            ref RouteSlot route = ref _slots[slot];
            int next = route.Newer;
            if (route.Paths is null)
            {
                _index.Remove(route.Prefix);
                Unlink(ref route);
                // The free ones are a chain through their slots.
                route = new RouteSlot { Newer = _free };
                _free = slot;
                _withdrawn--;
            }

            slot = next;
        }
    }
}

/// <summary>Somebody who follows the table's changes.</summary>
internal interface IRouteReader
{
    /// <summary>All changes up to this version are dealt with.</summary>
    long CompletedVersion { get; }
}
