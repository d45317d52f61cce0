using System.Collections.Immutable;
using System.Globalization;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Control.Observation;

/// <summary>Tells which nodes' agents live, from their Leases (R23). Guarded by the hub's lock.</summary>
internal sealed class NodeLeases
{
    private readonly Freshness _freshness;
    private readonly Dictionary<string, LeaseResource> _leases = new(StringComparer.Ordinal);
    private readonly TimeSpan _withoutLease;

    /// <param name="withoutLease">How long a node without a Lease counts as living after we have come to see: its agent may be about to start.</param>
    public NodeLeases(ResourceCache<LeaseResource> cache, TimeSpan withoutLease, TimeProvider timeProvider)
    {
        _freshness = new(timeProvider);
        _withoutLease = withoutLease;
        cache.Seen = See;
        cache.Connected = connected =>
        {
            if (connected) _freshness.Resume();
            else _freshness.Blind();
        };
    }

    /// <param name="nextExpiry">When the answer changes if nothing else happens; null: never.</param>
    public ImmutableHashSet<string> Without(IEnumerable<string> nodes, out TimeSpan? nextExpiry)
    {
        nextExpiry = null;
        ImmutableHashSet<string>.Builder without = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        foreach (string node in nodes)
        {
            TimeSpan left = Left(node);
            if (left <= TimeSpan.Zero) _ = without.Add(node);
            else if (_freshness.Passes && (nextExpiry is null || left < nextExpiry)) nextExpiry = left;
        }

        return without.ToImmutable();
    }

    private TimeSpan Left(string node)
    {
        if (!_leases.TryGetValue(node, out LeaseResource? lease)) return _withoutLease - _freshness.Age(node);
        // An agent that ends in order gives its lease back.
        return string.IsNullOrEmpty(lease.Holder) ? TimeSpan.Zero : TimeSpan.FromSeconds(lease.DurationSeconds) - _freshness.Age(node);
    }

    // A renewal of a living agent's lease changes nothing.
    private bool See(LeaseResource? old, LeaseResource? now)
    {
        if (LeaseNames.NodeOf((now ?? old)!.Metadata.Name) is not { } node) return false;
        if (now is null)
        {
            _ = _leases.Remove(node);
            _freshness.Forget(node);
            return true;
        }

        bool lived = _leases.ContainsKey(node) && Left(node) > TimeSpan.Zero;
        _leases[node] = now;
        _freshness.See(node, now.Metadata.ResourceVersion ?? string.Create(CultureInfo.InvariantCulture, $"{now.RenewTime:O}"));
        return lived != Left(node) > TimeSpan.Zero;
    }
}
