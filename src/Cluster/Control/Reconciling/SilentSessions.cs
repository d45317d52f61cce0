using BgpLoadBalancer.Cluster.Control.Observation;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Control.Reconciling;

/// <summary>Sessions of which no new report has come for three periods, by our own monotonic clock: their state is not known (R30). Guarded by the hub's lock.</summary>
internal sealed class SilentSessions
{
    private const int Periods = 3;
    private readonly Freshness _freshness;
    private readonly ResourceCache<BgpSessionResource> _cache;
    private readonly TimeSpan _reportPeriod;

    public SilentSessions(ResourceCache<BgpSessionResource> cache, TimeSpan reportPeriod, TimeProvider timeProvider)
    {
        _cache = cache;
        _reportPeriod = reportPeriod;
        _freshness = new(timeProvider);
        cache.Seen = See;
        cache.Connected = connected =>
        {
            if (connected) _freshness.Resume();
            else _freshness.Blind();
        };
    }

    /// <param name="next">When another one falls silent at the earliest; null: never.</param>
    public IEnumerable<StoreWrite> Writes(out TimeSpan? next)
    {
        next = null;
        List<StoreWrite> writes = [];
        foreach (BgpSessionResource session in _cache.All)
        {
            if (!IsReported(session)) continue;
            TimeSpan left = (_reportPeriod * Periods) - _freshness.Age(session.Metadata.Name);
            if (left <= TimeSpan.Zero) writes.Add(Reconciling.Writes.UpdateStatus(session with { Status = session.Status! with { State = BgpSessionStatus.Unknown } }));
            else if (_freshness.Passes && (next is null || left < next)) next = left;
        }

        return writes;
    }

    // Agents report all the time: that alone is nothing to reconcile. Only the first report is, for from then on somebody has to look at the clock.
    private bool See(BgpSessionResource? old, BgpSessionResource? now)
    {
        if (now is null)
        {
            _freshness.Forget(old!.Metadata.Name);
            return true;
        }

        _freshness.See(now.Metadata.Name, IsReported(now) ? $"{now.Status!.LastReportTime:O}" : "");
        return old is null || IsReported(old) != IsReported(now) || old with { Status = null, Metadata = now.Metadata } != now with { Status = null } || old.Metadata.Labels != now.Metadata.Labels;
    }

    private static bool IsReported(BgpSessionResource session) => session.Status is { } status && status.State != BgpSessionStatus.Unknown;
}
