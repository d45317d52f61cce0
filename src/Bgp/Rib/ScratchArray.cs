namespace BgpLoadBalancer.Bgp.Rib;

/// <summary>
/// An array that is filled, read as a span and cleared, again and again. Instead of <see cref="List{T}"/>, of which no code for a
/// value type of ours exists before its first call, which a first burst of routes would have to wait for. Mutable: never in a
/// readonly field.
/// </summary>
internal struct ScratchArray<T>(int capacity)
{
    private T[] _items = new T[capacity];

    public int Count { get; private set; }

    public readonly ReadOnlySpan<T> Written => new(_items, 0, Count);

    public readonly ref T this[int index] => ref _items[index];

    public void Add(T item)
    {
        if (Count == _items.Length) Array.Resize(ref _items, Count * 2);
        _items[Count++] = item;
    }

    /// <summary>Forgets the elements, and what they refer to.</summary>
    public void Clear()
    {
        _items.AsSpan(0, Count).Clear();
        Count = 0;
    }
}
