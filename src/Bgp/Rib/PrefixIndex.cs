using System.Numerics;

namespace BgpLoadBalancer.Bgp.Rib;

/// <summary>
/// Finds the slot of a prefix: open addressing with linear probing over slot numbers, four bytes an entry; the prefixes
/// themselves stay in the slots.
/// </summary>
internal sealed class PrefixIndex(PagedArray<RouteSlot> slots)
{
    private int[] _entries = new int[16];
    private int _count;

    /// <summary>The slot of the prefix, or -1.</summary>
    public int Find(in IPPrefix prefix)
    {
        int mask = _entries.Length - 1;
        for (int at = prefix.GetHashCode() & mask; ; at = (at + 1) & mask)
        {
            int entry = _entries[at];
            if (entry == 0) return -1;
            if (slots[entry - 1].Prefix.Equals(prefix)) return entry - 1;
        }
    }

    /// <summary>Adds a prefix that is not there.</summary>
    public void Add(in IPPrefix prefix, int slot)
    {
        if ((_count + 1) * 10L > _entries.Length * 7L) Resize(_entries.Length * 2);
        Insert(prefix, slot);
        _count++;
    }

    /// <summary>Makes room for that many prefixes at once.</summary>
    public void EnsureCapacity(int count)
    {
        int size = (int)BitOperations.RoundUpToPowerOf2((uint)(count * 10L / 7) + 1);
        if (size > _entries.Length) Resize(size);
    }

    public void Remove(in IPPrefix prefix)
    {
        int mask = _entries.Length - 1;
        int at = prefix.GetHashCode() & mask;
        while (_entries[at] != 0 && !slots[_entries[at] - 1].Prefix.Equals(prefix)) at = (at + 1) & mask;
        if (_entries[at] == 0) return;

        // Move back whatever had to probe past the hole, so that no tombstone is needed.
        int hole = at;
        for (int next = (hole + 1) & mask; _entries[next] != 0; next = (next + 1) & mask)
        {
            int home = slots[_entries[next] - 1].Prefix.GetHashCode() & mask;
            if (((next - home) & mask) >= ((next - hole) & mask))
            {
                _entries[hole] = _entries[next];
                hole = next;
            }
        }

        _entries[hole] = 0;
        _count--;
    }

    private void Insert(in IPPrefix prefix, int slot)
    {
        int mask = _entries.Length - 1;
        int at = prefix.GetHashCode() & mask;
        while (_entries[at] != 0) at = (at + 1) & mask;
        _entries[at] = slot + 1;
    }

    private void Resize(int size)
    {
        int[] old = _entries;
        _entries = new int[size];
        foreach (int entry in old)
        {
            if (entry != 0) Insert(slots[entry - 1].Prefix, entry - 1);
        }
    }
}
