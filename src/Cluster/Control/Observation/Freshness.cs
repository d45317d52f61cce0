namespace BgpLoadBalancer.Cluster.Control.Observation;

/// <summary>
/// How long things have been the same, by our own monotonic clock: wall clocks of different hosts are never compared. Time in which nothing
/// could be seen proves nothing, so ages start anew after it.
/// </summary>
internal sealed class Freshness(TimeProvider timeProvider)
{
    private readonly Dictionary<string, (string Mark, long Since)> _seen = new(StringComparer.Ordinal);
    private long? _blindSince;

    /// <summary>When everything was last seen anew; null before the first time.</summary>
    private long? _resumed;

    /// <param name="mark">Differs whenever the thing has changed.</param>
    public void See(string key, string mark)
    {
        if (!_seen.TryGetValue(key, out (string Mark, long Since) before) || before.Mark != mark) _seen[key] = (mark, timeProvider.GetTimestamp());
    }

    public void Forget(string key) => _seen.Remove(key);

    /// <summary>Ages stand still from now on.</summary>
    public void Blind() => _blindSince ??= timeProvider.GetTimestamp();

    /// <summary>Ages start anew.</summary>
    public void Resume()
    {
        long now = timeProvider.GetTimestamp();
        _blindSince = null;
        _resumed = now;
        foreach (string key in _seen.Keys) _seen[key] = (_seen[key].Mark, now);
    }

    /// <summary>Since it last changed; of a thing never seen, since one could have seen it.</summary>
    public TimeSpan Age(string key) =>
        (_seen.TryGetValue(key, out (string Mark, long Since) seen) ? seen.Since : _resumed) is { } since
            ? timeProvider.GetElapsedTime(since, _blindSince ?? timeProvider.GetTimestamp())
            : TimeSpan.Zero;

    /// <summary>False while ages stand still.</summary>
    public bool Passes => _blindSince is null && _resumed is not null;
}
