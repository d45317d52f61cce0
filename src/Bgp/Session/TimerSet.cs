namespace BgpLoadBalancer.Bgp.Session;

/// <summary>
/// The named timers of one session over a single timer of the host's. Starting one is a store: the host's timer is moved only
/// when it would fire too late, and finds at most one deadline early. Owned by the session's loop; only <paramref name="wake"/>
/// runs elsewhere.
/// </summary>
internal sealed class TimerSet(TimeProvider time, Action wake) : IDisposable
{
    private const int Count = (int)TimerName.SendHoldIncoming + 1;

    private readonly long[] _deadlines = CreateDeadlines();
    private long _armed = long.MaxValue;
    private ITimer? _timer;

    /// <summary>Starts or restarts; a zero <paramref name="length"/> turns the timer off.</summary>
    public void Start(TimerName name, TimeSpan length)
    {
        if (length <= TimeSpan.Zero)
        {
            Stop(name);
            return;
        }

        long deadline = time.GetTimestamp() + (long)(length.TotalSeconds * time.TimestampFrequency);
        _deadlines[(int)name] = deadline;
        if (deadline < _armed) Arm(deadline);
    }

    public void Stop(TimerName name) => _deadlines[(int)name] = long.MaxValue;

    public bool IsRunning(TimerName name) => _deadlines[(int)name] != long.MaxValue;

    /// <summary>Called after <c>wake</c>: takes the next expired timer, earliest first, until there is none.</summary>
    public bool TryTakeExpired(out TimerName name)
    {
        long now = time.GetTimestamp();
        int earliest = 0;
        for (int i = 1; i < Count; i++)
        {
            if (_deadlines[i] < _deadlines[earliest]) earliest = i;
        }

        name = (TimerName)earliest;
        long deadline = _deadlines[earliest];
        if (deadline <= now)
        {
            _deadlines[earliest] = long.MaxValue;
            return true;
        }

        _armed = long.MaxValue;
        if (deadline != long.MaxValue) Arm(deadline);
        return false;
    }

    public void Dispose()
    {
        Array.Fill(_deadlines, long.MaxValue);
        _timer?.Dispose();
        _timer = null;
    }

    private void Arm(long deadline)
    {
        _armed = deadline;
        TimeSpan due = time.GetElapsedTime(time.GetTimestamp(), deadline);
        // Host timers count whole milliseconds and round down; rounding up here avoids waking before the deadline.
        due = due < TimeSpan.Zero ? TimeSpan.Zero : TimeSpan.FromMilliseconds(Math.Ceiling(due.TotalMilliseconds));
        _timer ??= time.CreateTimer(static state => ((Action)state!)(), wake, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(due, Timeout.InfiniteTimeSpan);
    }

    private static long[] CreateDeadlines()
    {
        long[] deadlines = new long[Count];
        Array.Fill(deadlines, long.MaxValue);
        return deadlines;
    }
}
