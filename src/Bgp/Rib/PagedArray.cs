using System.Runtime.CompilerServices;

namespace BgpLoadBalancer.Bgp.Rib;

/// <summary>
/// A growing array in pages, so that growth copies nothing and leaves no large garbage behind. Elements start as
/// <c>default</c>; not thread-safe.
/// </summary>
internal sealed class PagedArray<T>
{
    private const int PageBits = 10;
    private const int PageSize = 1 << PageBits;

    private T[][] _pages = [];
    private int _pageCount;

    public int Capacity => _pageCount << PageBits;

    public ref T this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _pages[index >> PageBits][index & (PageSize - 1)];
    }

    public void EnsureCapacity(int count)
    {
        while (Capacity < count)
        {
            if (_pageCount == _pages.Length) Array.Resize(ref _pages, Math.Max(4, _pages.Length * 2));
            _pages[_pageCount++] = new T[PageSize];
        }
    }

    public void Clear()
    {
        _pages = [];
        _pageCount = 0;
    }
}
