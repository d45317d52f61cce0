using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace BgpLoadBalancer.Bgp.Rib;

/// <summary>What a caller declares, in one piece: the caller's own memory where it has that, else a copy.</summary>
internal static class Declared
{
    public static ReadOnlySpan<T> AsSpan<T>(IEnumerable<T> items) => items switch
    {
        T[] array => array,
        ImmutableArray<T> array => array.AsSpan(),
        List<T> list => CollectionsMarshal.AsSpan(list),
        _ => items.ToArray(),
    };
}
