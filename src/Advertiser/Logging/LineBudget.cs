namespace BgpLoadBalancer.Advertiser.Logging;

/// <summary>
/// How many lines of one kind a peer may cause: so many in each period. A router with a full table sends hundreds of thousands of
/// messages, and each as a line would bury everything else.
/// </summary>
internal sealed class LineBudget(int lines, TimeSpan period, TimeProvider timeProvider)
{
    private readonly Lock _lock = new();
    private long _periodStart = timeProvider.GetTimestamp();
    private int _used;
    private long _suppressed;

    /// <summary>Takes one line.</summary>
    /// <param name="suppressed">How many were not logged since the last that was.</param>
    /// <returns>False when the period's lines are used up.</returns>
    public bool TryTake(out long suppressed)
    {
        lock (_lock)
        {
            if (timeProvider.GetElapsedTime(_periodStart) >= period) (_periodStart, _used) = (timeProvider.GetTimestamp(), 0);
            bool taken = _used < lines;
            suppressed = taken ? _suppressed : 0;
            _used += taken ? 1 : 0;
            _suppressed = taken ? 0 : _suppressed + 1;
            return taken;
        }
    }
}
