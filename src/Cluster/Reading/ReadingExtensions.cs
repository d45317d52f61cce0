using System.Collections.Immutable;

namespace BgpLoadBalancer.Cluster.Reading;

internal static class ReadingExtensions
{
    public static ImmutableArray<T> OrEmpty<T>(this ImmutableArray<T> items) => items.IsDefault ? [] : items;

    public static ImmutableArray<T> OrEmpty<T>(this ImmutableArray<T>? items) => items?.OrEmpty() ?? [];
}
