namespace BgpLoadBalancer.Bgp.Rib;

/// <summary>A set of small numbers, one bit each.</summary>
internal sealed class BitSet(int capacity)
{
    private readonly ulong[] _words = new ulong[(capacity + 63) / 64];

    public void Add(int value) => _words[value >> 6] |= 1ul << value;

    public bool Contains(int value) => (_words[value >> 6] & (1ul << value)) != 0;
}
