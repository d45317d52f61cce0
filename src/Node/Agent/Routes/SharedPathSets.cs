using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using BgpLoadBalancer.Bgp.Routes;
using BgpLoadBalancer.Cluster.Planning;

namespace BgpLoadBalancer.Node.Agent.Routes;

/// <summary>The next hops of planned routes as a speaker takes them: one object for all routes of the same next hops in the same order.</summary>
internal sealed class SharedPathSets
{
    // Few nodes have few orders, which all routes share; of many nodes hardly two routes have the same.
    private const int Most = 1024;
    private readonly Dictionary<ImmutableArray<ushort>, PathSet>[] _byRanking = [new(RankingComparer.Instance), new(RankingComparer.Instance)];
    private readonly NextHopSet?[] _sets = new NextHopSet?[2];

    public PathSet Of(PlannedRoute route)
    {
        int family = route.Set.IsIPv6 ? 1 : 0;
        Dictionary<ImmutableArray<ushort>, PathSet> byRanking = _byRanking[family];
        if (!ReferenceEquals(_sets[family], route.Set) || byRanking.Count == Most)
        {
            _sets[family] = route.Set;
            byRanking.Clear();
        }

        if (!byRanking.TryGetValue(route.Ranking, out PathSet? paths)) byRanking.Add(route.Ranking, paths = route.ToPathSet());
        return paths;
    }

    private sealed class RankingComparer : IEqualityComparer<ImmutableArray<ushort>>
    {
        public static RankingComparer Instance { get; } = new();

        public bool Equals(ImmutableArray<ushort> x, ImmutableArray<ushort> y) => x.AsSpan().SequenceEqual(y.AsSpan());

        public int GetHashCode([DisallowNull] ImmutableArray<ushort> obj)
        {
            HashCode hash = new();
            hash.AddBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(obj.AsSpan()));
            return hash.ToHashCode();
        }
    }
}
