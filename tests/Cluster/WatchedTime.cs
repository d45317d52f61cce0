namespace BgpLoadBalancer.Cluster.Tests;

/// <summary>
/// The way of one or a few loops to a clock: it tells whether they wait for the clock, or still have something to do first. Parts of a loop run on threads of the pool, which
/// come late on a busy machine; a clock that moves on without them shows a loop that does nothing.
/// </summary>
/// <param name="limitsCount">One that waits for an answer that has a limit in time waits, too. Otherwise it is doing something.</param>
internal sealed class WatchedTime(TimeProvider inner, bool limitsCount = true) : TimeProvider
{
    private readonly Lock _sync = new();
    private readonly HashSet<Timer> _running = [];

    /// <summary>Somebody has waited for it.</summary>
    public bool IsUsed { get; private set; }

    public override long TimestampFrequency => inner.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow();

    public override long GetTimestamp() => inner.GetTimestamp();

    /// <param name="most">They wait for no longer than that; other timers do not count.</param>
    /// <param name="loops">So many of them do.</param>
    public bool WaitsFor(TimeSpan most, int loops = 1)
    {
        DateTimeOffset limit = GetUtcNow() + most;
        lock (_sync) return _running.Count(timer => timer.Due <= limit) >= loops;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        IsUsed = true;
        if (!limitsCount && state is CancellationTokenSource) return inner.CreateTimer(callback, state, dueTime, period);
        Timer timer = new(this);
        // Not running before it is known here.
        timer.Inner = inner.CreateTimer(
            _ =>
            {
                timer.End();
                callback(state);
            },
            null,
            Timeout.InfiniteTimeSpan,
            period);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(WatchedTime time) : ITimer
    {
        public ITimer Inner { get; set; } = null!;

        public DateTimeOffset Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._sync)
            {
                _ = time._running.Remove(this);
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    Due = time.GetUtcNow() + dueTime;
                    _ = time._running.Add(this);
                }
            }

            return Inner.Change(dueTime, period);
        }

        public void End()
        {
            lock (time._sync) _ = time._running.Remove(this);
        }

        public void Dispose()
        {
            End();
            Inner.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            End();
            return Inner.DisposeAsync();
        }
    }
}
