using System.Numerics;

namespace BgpLoadBalancer.Bgp.Rib;

/// <summary>
/// Finds the slot of a prefix: open addressing over slot numbers, four bytes an entry; the prefixes themselves stay in the
/// slots. Sixteen neighbours share a cache line of entries (see <see cref="IPPrefix.GetHashCode"/>), and those that find
/// theirs taken try the next line together.
/// </summary>
internal sealed class PrefixIndex(PagedArray<RouteSlot> slots)
{
    // One line and one entry further. Odd, so that it comes by every entry; its inverse counts the steps between two.
    private const int Stride = 17;
    private const int StrideInverse = unchecked((int)0xF0F0F0F1);

    private int[] _entries = new int[16];
    private int _count;

    /// <summary>The slot of the prefix, or -1.</summary>
    public int Find(in IPPrefix prefix) => _entries[Locate(prefix)] - 1;

    /// <summary>The slot of the prefix; one that is not there gets <paramref name="newSlot"/>.</summary>
    public int FindOrAdd(in IPPrefix prefix, int newSlot)
    {
        if ((_count + 1) * 10L > _entries.Length * 7L) Resize(_entries.Length * 2);
        ref int entry = ref _entries[Locate(prefix)];
        if (entry == 0)
        {
            entry = newSlot + 1;
            _count++;
        }

        return entry - 1;
    }

    /// <summary>Makes room for that many prefixes at once.</summary>
    public void EnsureCapacity(int count)
    {
        int size = (int)BitOperations.RoundUpToPowerOf2((uint)(count * 10L / 7) + 1);
        if (size > _entries.Length) Resize(size);
    }

    public void Remove(in IPPrefix prefix)
    {
        int hole = Locate(prefix);
        if (_entries[hole] == 0) return;

        // Move back whatever had to go on from the hole, so that no tombstone is needed.
        int mask = _entries.Length - 1;
        for (int next = (hole + Stride) & mask; _entries[next] != 0; next = (next + Stride) & mask)
        {
            int home = slots[_entries[next] - 1].Prefix.GetHashCode() & mask;
            if (Steps(home, next, mask) >= Steps(hole, next, mask))
            {
                _entries[hole] = _entries[next];
                hole = next;
            }
        }

        _entries[hole] = 0;
        _count--;
    }

    // The entry of the prefix, or the empty one where it belongs.
    private int Locate(in IPPrefix prefix)
    {
        int[] entries = _entries;
        int mask = entries.Length - 1;
        for (int at = prefix.GetHashCode() & mask; ; at = (at + Stride) & mask)
        {
            int entry = entries[at];
            if (entry == 0 || slots[entry - 1].Prefix.Equals(prefix)) return at;
        }
    }

    private static int Steps(int from, int to, int mask) => ((to - from) * StrideInverse) & mask;

    private void Resize(int size)
    {
        int[] old = _entries;
        int mask = size - 1;
        _entries = new int[size];
        foreach (int entry in old)
        {
            if (entry == 0) continue;
            int at = slots[entry - 1].Prefix.GetHashCode() & mask;
            while (_entries[at] != 0) at = (at + Stride) & mask;
            _entries[at] = entry;
        }
    }
}
